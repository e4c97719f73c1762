import 'server-only';
import { listClaims } from '@/lib/auth/claims';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { enqueue } from '@/lib/work/queue';
import { mailLink } from '../mail-links';

/** The account of an address; before its first proof, the claim that comes first. */
const findByAddress = async (emailKey: string) =>
  (await userModel.findOne({ emailKey, disabledAt: null }).select('name email emailVerifiedAt').lean()) ??
  (await listClaims(emailKey))[0];

/** Asks the person to confirm the address; nothing when it is confirmed already or was asked a moment ago. */
export async function sendVerificationMail(userId: string): Promise<boolean> {
  const user = await userModel
    .findById(objectId(userId, 'account'))
    .select('name email emailVerifiedAt')
    .lean();
  if (!user || user.emailVerifiedAt) return false;
  return mailLink('verify-email', { id: userId, name: user.name, email: user.email });
}

/**
 * Everybody who asks gets the same answer in the same time: whether the address is known is found out in a
 * job.
 */
export async function requestPasswordReset(email: string): Promise<void> {
  await enqueue('account.reset-password', email.toLowerCase());
}

export async function requestVerification(email: string): Promise<void> {
  await enqueue('account.verify-email', email.toLowerCase());
}

/** The job behind requestPasswordReset. */
export async function mailPasswordReset(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await mailLink('reset-password', { id: user._id.toString(), name: user.name, email: user.email });
}

/** The job behind requestVerification. */
export async function mailVerificationTo(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await sendVerificationMail(user._id.toString());
}

/** The job behind the lock of an account: a link that opens it at once. */
export async function mailUnlock(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await mailLink('unlock', { id: user._id.toString(), name: user.name, email: user.email });
}
