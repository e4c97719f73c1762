'use server';
import { revalidatePath } from 'next/cache';
import { requestEmailChange } from '@/features/identity/account/change-email';
import {
  changeEmailInput,
  changePasswordInput,
  nothingInput,
  renameInput,
  sessionInput,
} from '@/features/identity/account/schema';
import { changePassword } from '@/features/identity/account/service/change-password';
import { rename } from '@/features/identity/account/service/rename';
import { revokeOtherSessions, revokeSession } from '@/features/identity/account/service/revoke-session';
import { addPasskeyInput, passkeyInput, renamePasskeyInput } from '@/features/identity/passkeys/schema';
import {
  addPasskey,
  beginPasskey,
  removePasskey,
  renamePasskey,
} from '@/features/identity/passkeys/service/change-passkeys';
import { confirmTotpInput, passwordInput } from '@/features/identity/second-factor/schema';
import {
  beginTotp,
  confirmTotp,
  removeTotp,
  renewRecoveryCodes,
} from '@/features/identity/second-factor/service/totp';
import { platformAction } from '@/lib/actions/platform';
import { getPrincipal } from '@/lib/auth/principal';
import { AppError } from '@/lib/errors';
import { PLATFORM } from '@/lib/paths';

// The same services as for a hospital's people, behind the company's gate and in the company's log.

async function sessionOf(): Promise<string> {
  const principal = await getPrincipal();
  if (!principal) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Please sign in again.');
  return principal.sessionId;
}

export const renameSelfAction = platformAction({
  permission: 'account:own',
  input: renameInput,
  audit: 'account.rename',
  run: async (ctx, { name }) => {
    await rename(ctx, name);
    revalidatePath(PLATFORM.account);
  },
  message: 'Your name is saved.',
});

export const changeOwnPasswordAction = platformAction({
  permission: 'account:own',
  input: changePasswordInput,
  audit: 'account.password.change',
  run: async (ctx, input) => {
    await changePassword(ctx, input, await sessionOf());
    revalidatePath(PLATFORM.account);
  },
  message: 'Your password is changed. Your other sessions have been ended.',
});

export const changeOwnEmailAction = platformAction({
  permission: 'account:own',
  input: changeEmailInput,
  audit: 'account.email.change',
  entryAfter: 'A mail is asked for; the address changes when its link is opened.',
  run: (ctx, input) => requestEmailChange(ctx, input),
  message: 'We have sent a link to the new address. Until you open it, nothing changes.',
});

export const revokeOwnSessionAction = platformAction({
  permission: 'account:own',
  input: sessionInput,
  audit: 'account.session.revoke',
  run: async (ctx, { sessionId }) => {
    await revokeSession(ctx, sessionId);
    revalidatePath(PLATFORM.account);
  },
  message: 'The session has been ended.',
});

export const revokeOwnOtherSessionsAction = platformAction({
  permission: 'account:own',
  input: nothingInput,
  audit: 'account.session.revoke-others',
  run: async (ctx) => {
    const ended = await revokeOtherSessions(ctx, await sessionOf());
    revalidatePath(PLATFORM.account);
    return ended;
  },
  message: (ended) =>
    ended === 1 ? 'One other session has been ended.' : `${ended} other sessions have been ended.`,
});

export const beginOwnTotpAction = platformAction({
  permission: 'account:own',
  beforeSecondFactor: true,
  input: passwordInput,
  audit: 'account.second-factor.begin',
  run: (ctx, input) => beginTotp(ctx, input),
});

export const confirmOwnTotpAction = platformAction({
  permission: 'account:own',
  beforeSecondFactor: true,
  input: confirmTotpInput,
  audit: 'account.second-factor.add',
  run: async (ctx, input) => {
    const result = await confirmTotp(ctx, input);
    revalidatePath(PLATFORM.secondFactorSetup);
    return result;
  },
  message: 'The authenticator app is on.',
});

export const removeOwnTotpAction = platformAction({
  permission: 'account:own',
  input: passwordInput,
  audit: 'account.second-factor.remove',
  run: async (ctx, input) => {
    await removeTotp(ctx, input);
    revalidatePath(PLATFORM.secondFactorSetup);
  },
  message: 'The authenticator app is off.',
});

export const renewOwnRecoveryCodesAction = platformAction({
  permission: 'account:own',
  input: passwordInput,
  audit: 'account.recovery-codes.renew',
  run: async (ctx, input) => {
    const result = await renewRecoveryCodes(ctx, input);
    revalidatePath(PLATFORM.secondFactorSetup);
    return result;
  },
});

export const beginOwnPasskeyAction = platformAction({
  permission: 'account:own',
  beforeSecondFactor: true,
  input: passwordInput,
  audit: 'account.passkey.begin',
  entryAfter: 'Nothing is stored before the passkey answers.',
  run: (ctx, input) => beginPasskey(ctx, input),
});

export const addOwnPasskeyAction = platformAction({
  permission: 'account:own',
  beforeSecondFactor: true,
  input: addPasskeyInput,
  audit: 'account.passkey.add',
  run: async (ctx, input) => {
    const result = await addPasskey(ctx, input);
    revalidatePath(PLATFORM.secondFactorSetup);
    return result;
  },
  message: 'The passkey is added.',
});

export const renameOwnPasskeyAction = platformAction({
  permission: 'account:own',
  input: renamePasskeyInput,
  audit: 'account.passkey.rename',
  run: async (ctx, input) => {
    await renamePasskey(ctx, input);
    revalidatePath(PLATFORM.secondFactorSetup);
  },
  message: 'The name is saved.',
});

export const removeOwnPasskeyAction = platformAction({
  permission: 'account:own',
  input: passkeyInput,
  again: true,
  audit: 'account.passkey.remove',
  run: async (ctx, { passkeyId }) => {
    await removePasskey(ctx, passkeyId);
    revalidatePath(PLATFORM.secondFactorSetup);
  },
  message: 'The passkey is removed.',
});
