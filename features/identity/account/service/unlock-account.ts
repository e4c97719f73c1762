import 'server-only';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { clearPoints } from '@/lib/rate-limit/limiter';
import { findLink } from '../mail-links';
import { linkUnusable } from './use-link';

/**
 * Opens a locked account. Single use. @returns the person's id: who holds the mailbox is known in this
 * browser from then on, so that the one who locked the account does not lock it for them again.
 * @throws AppError NOT_FOUND for a wrong, used or old link.
 */
export async function unlockAccount(token: string, now = new Date()): Promise<string> {
  const link = await findLink('unlock', token, now);
  const used = link
    ? await userTokenModel.updateOne({ _id: link._id, usedAt: null }, { $set: { usedAt: now } })
    : null;
  const user =
    link && used?.modifiedCount === 1 ? await userModel.findById(link.userId).select('email').lean() : null;
  if (!user) throw linkUnusable();
  await clearPoints('sign-in.account', user.email.toLowerCase());
  return user._id.toString();
}
