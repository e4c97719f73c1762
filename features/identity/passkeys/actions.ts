'use server';
import { revalidatePath } from 'next/cache';
import { passwordInput } from '@/features/identity/second-factor/schema';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { paths } from '@/lib/paths';
import {
  addPasskeyInput,
  passkeyInput,
  passkeySignInInput,
  passkeySignInOptionsInput,
  renamePasskeyInput,
} from './schema';
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from './service/change-passkeys';
import { beginPasskeySignIn, signInWithPasskey } from './service/sign-in-with-passkey';

export const beginPasskeyAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: passwordInput,
  audit: 'account.passkey.begin',
  entryAfter: 'Nothing is stored before the passkey answers.',
  run: (ctx, input) => beginPasskey(ctx, input),
});

export const addPasskeyAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: addPasskeyInput,
  audit: 'account.passkey.add',
  run: async (ctx, input) => {
    const result = await addPasskey(ctx, input);
    revalidatePath(paths.secondFactorSetup);
    return result;
  },
  message: 'The passkey is added.',
});

export const renamePasskeyAction = staffAction({
  permission: 'today:read',
  input: renamePasskeyInput,
  audit: 'account.passkey.rename',
  run: async (ctx, input) => {
    await renamePasskey(ctx, input);
    revalidatePath(paths.secondFactorSetup);
  },
  message: 'The name is saved.',
});

export const removePasskeyAction = staffAction({
  permission: 'today:read',
  input: passkeyInput,
  again: true,
  audit: 'account.passkey.remove',
  run: async (ctx, { passkeyId }) => {
    await removePasskey(ctx, passkeyId);
    revalidatePath(paths.secondFactorSetup);
  },
  message: 'The passkey is removed.',
});

export const passkeySignInOptionsAction = publicAction({
  input: passkeySignInOptionsInput,
  audit: 'account.passkey.ask',
  run: ({ challenge }) => beginPasskeySignIn(challenge),
});

export const passkeySignInAction = publicAction({
  input: passkeySignInInput,
  audit: 'account.passkey.sign-in',
  run: async (input, request) => {
    const person = await signInWithPasskey(input, request);
    await setSessionCookie(person);
    return { isPlatform: person.organizationId === null };
  },
});
