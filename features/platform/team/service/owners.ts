import 'server-only';
import type { ClientSession } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';

const OWNERS = { platformRole: 'owner', disabledAt: null } as const;

/**
 * Reads again, in the transaction of a change, whether the person who makes it is an owner, and writes the
 * rows of all owners: of two who act on each other at one moment the second one is asked again.
 * @throws AppError FORBIDDEN.
 */
export async function assertStillOwner(ctx: PlatformContext, session: ClientSession): Promise<void> {
  const own = await userModel.exists({ _id: objectId(ctx.actor.userId), ...OWNERS }).session(session);
  if (!own) throw new AppError('FORBIDDEN', 'Your own access has just changed. Nothing was saved.');
  await holdOwners(session);
}

/** No other change of owners passes this transaction. */
export const holdOwners = (session: ClientSession) =>
  userModel.updateMany(OWNERS, { $set: { updatedAt: new Date() } }, { session });

/** @throws AppError CONFLICT where the change would leave nobody who can invite and remove people. */
export async function assertOwnerLeft(session: ClientSession): Promise<void> {
  if (await userModel.exists(OWNERS).session(session)) return;
  throw new AppError(
    'CONFLICT',
    'The team would be without an owner. Make somebody else an owner first; nothing was changed.',
  );
}

/** Tells every owner what happened with the team; part of the transaction that does it. */
export async function mailOwnersOfTeam(
  { subject, paragraphs }: { subject: string; paragraphs: string[] },
  session: ClientSession,
): Promise<void> {
  const owners = await userModel.find(OWNERS).select('name email').limit(50).session(session).lean();
  const id = newObjectId().toString();
  for (const { _id, name, email } of owners) {
    const closing = 'If none of you wanted this, end that person’s sessions on the team page at once.';
    const mail = composeMail({ to: email, name, subject, paragraphs: [...paragraphs, closing] });
    await enqueueMail(`team:${id}:${_id.toString()}`, mail, { session });
  }
}
