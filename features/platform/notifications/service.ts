import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { noticeReaderModel } from './model';
import { type NoticeChoices, ROLE_KINDS } from './policy';
import { readChoices } from './queries';
import type { SaveNoticeChoicesInput } from './schema';

const PURPOSE = 'notice-mails';
const LINK_DAYS = 90;

/** Everything up to the newest that was shown has been seen; never less than before, and nothing to come. */
export async function seeNotices(ctx: PlatformContext, upTo: Date, now = new Date()): Promise<void> {
  const seenAt = new Date(Math.min(upTo.getTime(), now.getTime()));
  await auditedMasterWrite(ctx, (session) =>
    noticeReaderModel.updateOne(
      { _id: objectId(ctx.actor.userId) },
      { $max: { seenAt }, $setOnInsert: { version: 0 } },
      { upsert: true, session },
    ),
  );
}

/** @throws AppError CONFLICT when the choices were changed in another window meanwhile. */
export async function saveNoticeChoices(ctx: PlatformContext, input: SaveNoticeChoicesInput): Promise<void> {
  const _id = objectId(ctx.actor.userId);
  await auditedMasterWrite(ctx, async (session) => {
    const row = await noticeReaderModel.findById(_id).session(session).lean();
    if ((row?.version ?? 0) !== input.version)
      throw new AppError('CONFLICT', 'Your choices were changed in another window. Load the page again.');
    const before = readChoices(row?.choices);
    const after: NoticeChoices = { ...before };
    for (const kind of ROLE_KINDS) {
      const choice = input[kind];
      if (choice) after[kind] = choice;
    }
    await noticeReaderModel.updateOne(
      { _id },
      { $set: { choices: new Map(Object.entries(after)), version: input.version + 1 } },
      { upsert: true, session },
    );
    noteChange(ctx, before, after, ROLE_KINDS);
  });
}

/** For the button of a mail program: it says whose mails end. */
export const stopToken = (userId: string, now: Date): string =>
  signValue(PURPOSE, userId, new Date(now.getTime() + LINK_DAYS * 86_400_000));

export const canStopNotices = (token: string): boolean => verifySignedValue(PURPOSE, token) !== null;

/**
 * No more mails of these notices to this person; the bell stays as they have set it. Without signing in, as
 * often as one likes.
 * @throws AppError NOT_FOUND for a link that is forged or too old.
 */
export async function stopNoticeMails(token: string): Promise<void> {
  const userId = verifySignedValue(PURPOSE, token);
  if (!userId) throw notFoundError('link');
  const row = await noticeReaderModel.findById(objectId(userId)).select('choices').lean();
  const before = readChoices(row?.choices);
  const choices = new Map(
    ROLE_KINDS.map((kind) => [kind, before[kind] === 'off' ? ('off' as const) : ('product' as const)]),
  );
  await noticeReaderModel.updateOne(
    { _id: objectId(userId) },
    { $set: { choices }, $inc: { version: 1 } },
    { upsert: true },
  );
}
