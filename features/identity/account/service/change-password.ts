import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, op } from '@/lib/mongo';
import { wakeWorker } from '@/lib/work/queue';
import { type AccountContext, confirmPassword, organizationOf } from './confirm-password';

/** Ends every other session. @throws AppError INVALID_INPUT on the current password. */
export async function changePassword(
  ctx: AccountContext,
  input: { currentPassword: string; newPassword: string },
  currentSessionId: string,
  now = new Date(),
): Promise<void> {
  const user = await confirmPassword(ctx, input.currentPassword);
  if (input.currentPassword === input.newPassword) {
    throw new AppError('INVALID_INPUT', 'The new password is the one you have. Choose another.', {
      field: 'newPassword',
    });
  }
  await refuseCommonPassword(input.newPassword, 'newPassword', [
    user.name,
    user.email,
    organizationOf(ctx)?.organization.name ?? 'Chakravue',
  ]);
  const passwordHash = await hashPassword(input.newPassword);
  await auditedMasterWrite(ctx, async (session) => {
    await userModel.updateOne({ _id: user._id }, { $set: { passwordHash } }, { session });
    await sessionModel.updateMany(
      { userId: user._id, _id: op({ $ne: currentSessionId }), revokedAt: null },
      { $set: { revokedAt: now } },
      { session },
    );
    await enqueueMail(`password-changed:${newObjectId()}`, passwordChangedMail(user), { session });
  });
  wakeWorker();
}

export const passwordChangedMail = (user: { name: string; email: string }) =>
  composeMail({
    to: user.email,
    subject: 'Your password was changed',
    name: user.name,
    paragraphs: [
      'The password of your account at Chakravue was changed just now, and your other sessions were ended.',
      'If this was not you, choose a new password on the sign-in page at once and tell an owner of your organization.',
    ],
  });
