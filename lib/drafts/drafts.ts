import 'server-only';
import type { Model } from 'mongoose';
import { z } from 'zod';
import { openPlatformSecret, sealPlatformSecret } from '../crypto/cipher';
import { AppError, duplicateKey } from '../errors';
import type { Fields } from '../forms';
import { companyDraftModel, type DraftRow } from '../master/models/company-draft';
import { op } from '../mongo';
import type { Version } from '../revision';
import type { TenantContext } from '../tenancy/context';
import type { TenantDatabase } from '../tenancy/tenant-database';
import { formatInstant } from '../time';
import { draftModel } from './model';
import type { DraftQuery, SaveDraftInput } from './schema';

export const DRAFT_DAYS = 7;
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

/** Where a person's drafts lie, and how their text is sealed there. */
type Shelf = {
  userId: string;
  rows: Model<DraftRow>;
  seal: (id: string, text: string) => string;
  open: (id: string, text: string) => string;
  whenOf: (savedAt: Date) => string;
};

/** Drafts belong to people of the organization; support and work that runs by itself have none. */
function shelfOf(ctx: TenantContext): Shelf | null {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || actor.onBehalfOf) return null;
  return {
    userId: actor.userId,
    rows: draftModel(ctx) as unknown as Model<DraftRow>,
    // The model seals by itself.
    seal: (_id, text) => text,
    open: (_id, text) => text,
    whenOf: (savedAt) => formatInstant(savedAt, ctx.timeZone),
  };
}

const placeOf = (id: string): string => `company-draft:${id}`;
const companyShelf = (userId: string): Shelf => ({
  userId,
  rows: companyDraftModel as unknown as Model<DraftRow>,
  seal: (id, text) => sealPlatformSecret(placeOf(id), text),
  open: (id, text) => openPlatformSecret(placeOf(id), text),
  whenOf: (savedAt) => `${formatInstant(savedAt, 'UTC')} UTC`,
});

const idOf = (userId: string, { form, of }: DraftQuery): string => `${userId}:${form}:${of}`;

async function findOn(shelf: Shelf, query: DraftQuery, now: Date): Promise<Draft | null> {
  const _id = idOf(shelf.userId, query);
  const row = await shelf.rows.findOne({ _id, expiresAt: op({ $gt: now }) }).lean();
  if (!row?.content) return null;
  const { fields, base, version } = content.parse(JSON.parse(shelf.open(_id, row.content)));
  return { fields, base, version: version ?? row.version ?? null, savedAt: shelf.whenOf(row.savedAt) };
}

async function saveOn(shelf: Shelf, input: SaveDraftInput, now: Date): Promise<void> {
  const { fields, base, version } = input;
  const { userId } = shelf;
  const _id = idOf(userId, input);
  const sealed = shelf.seal(_id, JSON.stringify({ fields, base, version }));
  const expiresAt = new Date(now.getTime() + DRAFT_DAYS * 86_400_000);
  const write = () =>
    shelf.rows.updateOne(
      { _id },
      {
        $set: { content: sealed, savedAt: now, expiresAt },
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
  if (upsertedCount > 0) await tidy(shelf, now);
}

async function tidy({ rows, userId }: Shelf, now: Date): Promise<void> {
  await rows.deleteMany({ expiresAt: op({ $lt: now }) });
  const extra = await rows.find({ userId }).sort({ savedAt: -1 }).skip(MOST).select('_id').lean();
  if (extra.length > 0) await rows.deleteMany({ _id: op({ $in: extra.map(({ _id }) => _id) }) });
}

/** What the person has typed into a form and not saved; null when there is none, or it is too old. */
export async function findDraft(
  ctx: TenantContext,
  query: DraftQuery,
  now = new Date(),
): Promise<Draft | null> {
  const shelf = shelfOf(ctx);
  return shelf && findOn(shelf, query, now);
}

/** Keeps what is typed for seven days. No change of a record, so no entry in the log. @throws FORBIDDEN */
export async function saveDraft(ctx: TenantContext, input: SaveDraftInput, now = new Date()): Promise<void> {
  const shelf = shelfOf(ctx);
  if (!shelf) throw new AppError('FORBIDDEN', 'Only people of the organization keep drafts.');
  await saveOn(shelf, input, now);
}

/** After a save, and when the person says so. */
export async function discardDraft(ctx: TenantContext, query: DraftQuery): Promise<void> {
  const shelf = shelfOf(ctx);
  if (shelf) await shelf.rows.deleteOne({ _id: idOf(shelf.userId, query) });
}

/** All that somebody has typed and not saved: they no longer work here. */
export async function forgetDrafts(ctx: { db: TenantDatabase }, userId: string): Promise<void> {
  await draftModel(ctx).deleteMany({ userId });
}

/** The same for the company's people, in the master database: what they type on the company's pages. */
export const companyDrafts = {
  find: (userId: string, query: DraftQuery, now = new Date()): Promise<Draft | null> =>
    findOn(companyShelf(userId), query, now),
  save: (userId: string, input: SaveDraftInput, now = new Date()): Promise<void> =>
    saveOn(companyShelf(userId), input, now),
  discard: async (userId: string, query: DraftQuery): Promise<void> => {
    await companyDraftModel.deleteOne({ _id: idOf(userId, query) });
  },
};
