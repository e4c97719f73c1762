import 'server-only';
import { z } from 'zod';
import { AppError, duplicateKey } from '../errors';
import type { Fields } from '../forms';
import { op } from '../mongo';
import type { Version } from '../revision';
import type { TenantContext } from '../tenancy/context';
import { formatInstant } from '../time';
import { draftModel } from './model';
import type { DraftQuery, SaveDraftInput } from './schema';

const DRAFT_DAYS = 7;
/** Of one person; the oldest go. */
const MOST = 50;

export type Draft = {
  fields: Fields;
  base: Fields;
  version: Version | null;
  /** In the organization's own time, as people read it. */
  savedAt: string;
};

const content = z.object({
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  base: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  version: z.union([z.number(), z.string()]).optional(),
});

/** Drafts belong to people of the organization; support and work that runs by itself have none. */
function ownerOf({ actor }: TenantContext): string | null {
  return actor.kind === 'staff' && !actor.onBehalfOf ? actor.userId : null;
}
const idOf = (userId: string, { form, of }: DraftQuery): string => `${userId}:${form}:${of}`;

/** What the person has typed into a form and not saved; null when there is none, or it is too old. */
export async function findDraft(
  ctx: TenantContext,
  query: DraftQuery,
  now = new Date(),
): Promise<Draft | null> {
  const userId = ownerOf(ctx);
  if (!userId) return null;
  const row = await draftModel(ctx)
    .findOne({ _id: idOf(userId, query), expiresAt: op({ $gt: now }) })
    .lean();
  if (!row?.content) return null;
  const { fields, base, version } = content.parse(JSON.parse(row.content));
  return {
    fields,
    base,
    version: version ?? row.version ?? null,
    savedAt: formatInstant(row.savedAt, ctx.timeZone),
  };
}

/** Keeps what is typed for seven days. No change of a record, so no entry in the log. @throws FORBIDDEN */
export async function saveDraft(ctx: TenantContext, input: SaveDraftInput, now = new Date()): Promise<void> {
  const userId = ownerOf(ctx);
  if (!userId) throw new AppError('FORBIDDEN', 'Only people of the organization keep drafts.');
  const { fields, base, version } = input;
  const drafts = draftModel(ctx);
  const write = () =>
    drafts.updateOne(
      { _id: idOf(userId, input) },
      {
        $set: {
          content: JSON.stringify({ fields, base, version }),
          savedAt: now,
          expiresAt: new Date(now.getTime() + DRAFT_DAYS * 86_400_000),
        },
        $setOnInsert: { userId },
        $unset: { version: '' },
      },
      { upsert: true },
    );
  const { upsertedCount } = await write().catch((error: unknown) => {
    // Two tabs began it at the same moment.
    if (!duplicateKey(error)) throw error;
    return write();
  });
  if (upsertedCount > 0) await tidy(ctx, userId, now);
}

/** After a save, and when the person says so. */
export async function discardDraft(ctx: TenantContext, query: DraftQuery): Promise<void> {
  const userId = ownerOf(ctx);
  if (userId) await draftModel(ctx).deleteOne({ _id: idOf(userId, query) });
}

async function tidy(ctx: TenantContext, userId: string, now: Date): Promise<void> {
  const drafts = draftModel(ctx);
  await drafts.deleteMany({ expiresAt: op({ $lt: now }) });
  const extra = await drafts.find({ userId }).sort({ savedAt: -1 }).skip(MOST).select('_id').lean();
  if (extra.length > 0) await drafts.deleteMany({ _id: op({ $in: extra.map(({ _id }) => _id) }) });
}
