import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { userTokenModel } from '@/lib/master/models/user-token';
import type { newObjectId } from '@/lib/mongo';

export type Id = ReturnType<typeof newObjectId>;

/** One answer for every link that does not work. */
export const linkUnusable = (): AppError =>
  new AppError('NOT_FOUND', 'This link is wrong, used or too old. Ask for a new one.');

export const addressIsTaken = (): AppError =>
  new AppError(
    'CONFLICT',
    'This address has an account already. We have sent you a mail to take the organization on with it.',
  );

export async function useLink(linkId: Id, session: ClientSession, now: Date): Promise<void> {
  const used = await userTokenModel.updateOne(
    { _id: linkId, usedAt: null },
    { $set: { usedAt: now } },
    { session },
  );
  if (used.modifiedCount !== 1) throw linkUnusable();
}
