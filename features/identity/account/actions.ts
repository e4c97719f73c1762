'use server';
import { revalidatePath } from 'next/cache';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { browserOf } from '@/lib/auth/browser';
import { rememberKnownDevice } from '@/lib/auth/known-device';
import { getPrincipal } from '@/lib/auth/principal';
import { AppError } from '@/lib/errors';
import { paths } from '@/lib/paths';
import { confirmEmailChange, requestEmailChange, undoEmailChange } from './change-email';
import { takeOrganizationOn } from './ownership';
import {
  changeEmailInput,
  changePasswordInput,
  confirmEmailInput,
  emailInput,
  nothingInput,
  renameInput,
  resetPasswordInput,
  sessionInput,
  tokenInput,
  verifyEmailInput,
} from './schema';
import { changePassword } from './service/change-password';
import { actorId } from './service/confirm-password';
import { rename } from './service/rename';
import { resetPassword } from './service/reset-password';
import { revokeOtherSessions, revokeSession } from './service/revoke-session';
import { requestPasswordReset, requestVerification, sendVerificationMail } from './service/send-links';
import { unlockAccount } from './service/unlock-account';
import { verifyEmail } from './service/verify-email';

async function sessionOf(): Promise<string> {
  const principal = await getPrincipal();
  if (!principal) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Please sign in again.');
  return principal.sessionId;
}

export const requestPasswordResetAction = publicAction({
  input: emailInput,
  audit: 'account.password.forgot',
  run: ({ email }) => requestPasswordReset(email),
});

export const resetPasswordAction = publicAction({
  input: resetPasswordInput,
  audit: 'account.password.reset',
  run: (input) => resetPassword(input),
});

export const verifyEmailAction = publicAction({
  input: verifyEmailInput,
  audit: 'account.email.verify',
  run: async (input) => verifyEmail(input, await browserOf()),
});

export const unlockAccountAction = publicAction({
  input: tokenInput,
  audit: 'account.unlock',
  run: async ({ token }) => rememberKnownDevice(await unlockAccount(token)),
});

/** For people who are not signed in and whose link is too old. */
export const requestVerificationAction = publicAction({
  input: emailInput,
  audit: 'account.email.resend',
  run: ({ email }) => requestVerification(email),
});

export const resendVerificationAction = staffAction({
  permission: 'today:read',
  input: nothingInput,
  audit: 'account.email.resend',
  entryAfter: 'A mail is asked for; no record changes.',
  run: async (ctx) => {
    if (await sendVerificationMail(actorId(ctx))) return;
    throw new AppError(
      'TOO_MANY_REQUESTS',
      'We sent you a link a moment ago, or your address is confirmed already.',
    );
  },
  message: 'We have sent you a new link.',
});

export const renameAction = staffAction({
  permission: 'today:read',
  input: renameInput,
  audit: 'account.rename',
  run: async (ctx, { name }) => {
    await rename(ctx, name);
    revalidatePath(paths.account);
  },
  message: 'Your name is saved.',
});

export const changePasswordAction = staffAction({
  permission: 'today:read',
  input: changePasswordInput,
  audit: 'account.password.change',
  run: async (ctx, input) => {
    await changePassword(ctx, input, await sessionOf());
    revalidatePath(paths.account);
  },
  message: 'Your password is changed. Your other sessions have been ended.',
});

/** Says the same of every address, so that nobody learns whose accounts there are. */
export const changeEmailAction = staffAction({
  permission: 'today:read',
  input: changeEmailInput,
  audit: 'account.email.change',
  entryAfter: 'A mail is asked for; the address changes when its link is opened.',
  run: (ctx, input) => requestEmailChange(ctx, input),
  message: 'We have sent a link to the new address. Until you open it, nothing changes.',
});

export const confirmEmailChangeAction = publicAction({
  input: confirmEmailInput,
  audit: 'account.email.confirm',
  run: async (input) => confirmEmailChange(input, (await getPrincipal())?.userId),
});

export const undoEmailChangeAction = publicAction({
  input: tokenInput,
  audit: 'account.email.undo',
  run: ({ token }) => undoEmailChange(token),
});

export const revokeSessionAction = staffAction({
  permission: 'today:read',
  input: sessionInput,
  audit: 'account.session.revoke',
  run: async (ctx, { sessionId }) => {
    await revokeSession(ctx, sessionId);
    revalidatePath(paths.account);
  },
  message: 'The session has been ended.',
});

export const revokeOtherSessionsAction = staffAction({
  permission: 'today:read',
  input: nothingInput,
  audit: 'account.session.revoke-others',
  run: async (ctx) => {
    const ended = await revokeOtherSessions(ctx, await sessionOf());
    revalidatePath(paths.account);
    return ended;
  },
  message: (ended) =>
    ended === 1 ? 'One other session has been ended.' : `${ended} other sessions have been ended.`,
});

/** From the mail to somebody who had an account with the address of a sign-up. */
export const takeOrganizationOnAction = publicAction({
  input: tokenInput,
  audit: 'signup.take-on',
  run: ({ token }) => takeOrganizationOn(token),
});
