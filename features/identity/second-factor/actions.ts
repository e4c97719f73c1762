'use server';
import { revalidatePath } from 'next/cache';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { paths } from '@/lib/paths';
import { resetSecondFactor, updateOrganizationSecurity } from './organization';
import {
  confirmTotpInput,
  finishSignInInput,
  organizationSecurityInput,
  passwordInput,
  personInput,
} from './schema';
import { finishSignIn } from './service/finish-sign-in';
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from './service/totp';

export const finishSignInAction = publicAction({
  input: finishSignInInput,
  audit: 'account.second-factor.sign-in',
  run: async (input, request) => {
    const person = await finishSignIn(input, request);
    await setSessionCookie(person);
    return { isPlatform: person.organizationId === null };
  },
});

export const beginTotpAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: passwordInput,
  audit: 'account.second-factor.begin',
  run: (ctx, input) => beginTotp(ctx, input),
});

export const confirmTotpAction = staffAction({
  permission: 'today:read',
  beforeSecondFactor: true,
  input: confirmTotpInput,
  audit: 'account.second-factor.add',
  run: async (ctx, input) => {
    const result = await confirmTotp(ctx, input);
    revalidatePath(paths.secondFactorSetup);
    return result;
  },
  message: 'The authenticator app is on.',
});

export const removeTotpAction = staffAction({
  permission: 'today:read',
  input: passwordInput,
  audit: 'account.second-factor.remove',
  run: async (ctx, input) => {
    await removeTotp(ctx, input);
    revalidatePath(paths.secondFactorSetup);
  },
  message: 'The authenticator app is off.',
});

export const renewRecoveryCodesAction = staffAction({
  permission: 'today:read',
  input: passwordInput,
  audit: 'account.recovery-codes.renew',
  run: async (ctx, input) => {
    const result = await renewRecoveryCodes(ctx, input);
    revalidatePath(paths.secondFactorSetup);
    return result;
  },
});

export const updateOrganizationSecurityAction = staffAction({
  permission: 'settings:write',
  input: organizationSecurityInput,
  audit: 'organization.security',
  run: async (ctx, input) => {
    await updateOrganizationSecurity(ctx, input);
    revalidatePath(paths.security);
  },
  message: 'Saved.',
});

export const resetSecondFactorAction = staffAction({
  permission: 'staff:write',
  input: personInput,
  again: true,
  audit: 'staff.second-factor.reset',
  tellOwners: (_input, by) => ({
    subject: 'A second factor was reset',
    paragraphs: [`${by} reset the second factor of a colleague. The log of changes names whose.`],
  }),
  target: ({ userId }) => `staff:${userId}`,
  run: async (ctx, { userId }) => {
    await resetSecondFactor(ctx, userId);
    revalidatePath(paths.security);
  },
  message: 'The second factor is reset. The person has been told by mail.',
});
