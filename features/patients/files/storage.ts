import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { masterTransaction } from '@/lib/master/connection';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { fileModel, storageHoldModel } from './model';
import { contentKey, removeContent } from './names';
import { storageFullSentence } from './room';
import { SUBJECT_KINDS } from './schema';

/*
 * The counter of stored bytes is in master, the files are in the organization's database, their content is
 * elsewhere: no transaction spans them. Between any two steps `counter = sum(files without a hold) +
 * sum(holds)`: a hold is written before a file comes or goes and removed after it, so that what a crash
 * leaves behind can be looked up and settled.
 */

/** Longer than an upload may take; who is slower finds that the hold is somebody else's. */
export const HOLD_MS = 15 * 60_000;
/** The same of a file that comes in parts, from one part to the next: a night without a connection. */
export const UPLOAD_HOLD_MS = 24 * 60 * 60_000;

export type Hold = { organizationId: string; fileId: string; token: string; sizeBytes: number };

const expiry = (now: Date, holdMs = HOLD_MS): Date => new Date(now.getTime() + holdMs);

async function move(organizationId: string, bytes: number, session: ClientSession): Promise<void> {
  await organizationModel.updateOne(
    { _id: objectId(organizationId) },
    { $inc: { 'usage.storageBytes': bytes, 'usage.storageMoves': 1 } },
    { session },
  );
}

/**
 * Takes room for a file before its first byte is read. The limit is part of the filter, so simultaneous
 * uploads cannot pass it.
 * @throws AppError LIMIT_REACHED.
 */
export async function reserveStorage(
  organizationId: string,
  sizeBytes: number,
  now = new Date(),
  holdMs = HOLD_MS,
): Promise<Hold> {
  const fileId = newObjectId();
  const token = randomUUID();
  await masterTransaction(async (session) => {
    const row = await organizationModel
      .findById(objectId(organizationId))
      .select('features.maxStorage usage.storageBytes')
      .session(session)
      .orFail()
      .lean();
    const limit = row.features.maxStorage ?? null;
    const below =
      limit === null
        ? {}
        : { 'features.maxStorage': limit, 'usage.storageBytes': op({ $lte: limit - sizeBytes }) };
    const taken = await organizationModel.updateOne(
      { _id: row._id, ...below },
      { $inc: { 'usage.storageBytes': sizeBytes, 'usage.storageMoves': 1 } },
      { session },
    );
    if (taken.modifiedCount !== 1) {
      const used = row.usage?.storageBytes ?? 0;
      throw new AppError('LIMIT_REACHED', storageFullSentence(limit ?? 0, used, sizeBytes));
    }
    const hold = { _id: fileId, organizationId: row._id, sizeBytes, token, expiresAt: expiry(now, holdMs) };
    await storageHoldModel.create([hold], { session });
  });
  return { organizationId, fileId: fileId.toString(), token, sizeBytes };
}

/**
 * Before the file's row is written: the hold must still be ours.
 * @throws AppError CONFLICT when it was given up meanwhile.
 */
export async function assertHeld(hold: Hold, now = new Date(), holdMs = HOLD_MS): Promise<void> {
  const kept = await storageHoldModel.updateOne(
    { _id: objectId(hold.fileId), token: hold.token },
    { $set: { expiresAt: expiry(now, holdMs) } },
  );
  if (kept.matchedCount !== 1) {
    throw new AppError(
      'CONFLICT',
      'The upload took too long and was given up. Please upload the file again.',
    );
  }
}

/**
 * The end of a hold: the bytes stay counted (`keep`) or are given back. Does nothing for a hold that is
 * another's.
 */
async function endHold(hold: Hold, bytes: number): Promise<void> {
  await masterTransaction(async (session) => {
    const { deletedCount } = await storageHoldModel.deleteOne(
      { _id: objectId(hold.fileId), token: hold.token },
      { session },
    );
    if (deletedCount === 1) await move(hold.organizationId, bytes, session);
  });
}

export const keepStorage = (hold: Hold): Promise<void> => endHold(hold, 0);
export const releaseStorage = (hold: Hold): Promise<void> => endHold(hold, -hold.sizeBytes);

/**
 * Announces that a stored file is about to go. Takes over a hold that an interrupted upload or removal left
 * (`isNew` is false then).
 */
export async function holdForRemoval(
  organizationId: string,
  file: { id: string; sizeBytes: number },
  now = new Date(),
): Promise<Hold & { isNew: boolean }> {
  const token = randomUUID();
  const isNew = await masterTransaction(async (session) => {
    // The organization's row first: two who remove the same file at once wait for each other here.
    await move(organizationId, 0, session);
    const { upsertedCount } = await storageHoldModel.updateOne(
      { _id: objectId(file.id) },
      {
        $set: {
          organizationId: objectId(organizationId),
          sizeBytes: file.sizeBytes,
          token,
          expiresAt: expiry(now),
        },
      },
      { upsert: true, session },
    );
    return upsertedCount === 1;
  });
  return { organizationId, fileId: file.id, token, sizeBytes: file.sizeBytes, isNew };
}

export type HeldFile = { file: { id: string; sizeBytes: number }; hold: Hold };

/**
 * Announces that documents are about to go with what they are of: whose right that is, asks for none here.
 * Their rows are deleted in the caller's transaction; `endRemoval` follows it, however it ends.
 */
export async function holdFiles(
  { organizationId }: { organizationId: string },
  files: readonly HeldFile['file'][],
): Promise<HeldFile[]> {
  const held: HeldFile[] = [];
  for (const file of files) held.push({ file, hold: await holdForRemoval(organizationId, file) });
  return held;
}

/**
 * In the transaction that removes what they are documents of.
 * @throws AppError CONFLICT where one has come since they were held.
 */
export async function deleteFileRows(
  ctx: { db: TenantDatabase },
  held: readonly HeldFile[],
  subjectIds: readonly string[],
  session: ClientSession,
): Promise<void> {
  const ids = held.map(({ file }) => objectId(file.id));
  const of = {
    'subject.kind': op({ $in: [...SUBJECT_KINDS] }),
    'subject.id': op({ $in: [...subjectIds] }),
  };
  if (
    await fileModel(ctx)
      .exists({ ...of, _id: op({ $nin: ids }) })
      .session(session)
  )
    throw new AppError('CONFLICT', 'A document has come meanwhile. Nothing was removed; press once more.');
  await fileModel(ctx).deleteMany({ _id: op({ $in: ids }) }, { session });
}

/**
 * The rows say whether they are gone: of a transaction that failed, only the answer to its commit may have
 * been lost. What cannot be done now is done when the hold is over, by `settleHolds`.
 */
export async function endRemoval(ctx: { db: TenantDatabase }, held: readonly HeldFile[]): Promise<void> {
  const { organizationId } = ctx.db;
  for (const { file, hold } of held)
    try {
      if (await fileModel(ctx).exists({ _id: objectId(file.id) })) {
        await keepStorage(hold);
        continue;
      }
      await removeContent(organizationId, file);
      await releaseStorage(hold);
    } catch (error) {
      logger.warn({ err: error, organizationId, fileId: file.id }, 'a removal could not be ended');
    }
}

/** Takes back what an upload has done so far. What cannot be taken back now is left to `settleHolds`. */
export async function abandon(db: TenantDatabase, hold: Hold): Promise<void> {
  // Whether the row was written is not known when the answer to the write was lost.
  await fileModel({ db }).deleteOne({ _id: objectId(hold.fileId) });
  await removeContent(hold.organizationId, { id: hold.fileId, sizeBytes: hold.sizeBytes });
  await releaseStorage(hold);
}

/**
 * Ends the holds that are over: a file that is there stays counted, the rest of any other is removed.
 * @returns how many.
 */
export async function settleHolds(db: TenantDatabase, now = new Date()): Promise<number> {
  const { organizationId } = db;
  const over = await storageHoldModel
    .find({ organizationId: objectId(organizationId), expiresAt: op({ $lte: now }) })
    .lean();
  let settled = 0;
  for (const { _id, sizeBytes, token: last } of over) {
    const token = randomUUID();
    // From here on a slow upload finds that the hold is not its own, and writes nothing.
    const claimed = await storageHoldModel.updateOne(
      { _id, token: last, expiresAt: op({ $lte: now }) },
      { $set: { token, expiresAt: expiry(new Date()) } },
    );
    if (claimed.modifiedCount !== 1) continue;
    const hold = { organizationId, fileId: _id.toString(), token, sizeBytes };
    if (await fileModel({ db }).exists({ _id })) await keepStorage(hold);
    else {
      await removeContent(organizationId, { id: hold.fileId, sizeBytes });
      await releaseStorage(hold);
    }
    settled++;
  }
  return settled;
}

/**
 * Removes contents that no file names: a restore turns back rows, not contents. None while a database from
 * before is kept or being filled, since its files may be wanted again.
 * @returns how many.
 */
export async function removeOrphans(db: TenantDatabase): Promise<number> {
  const { organizationId } = db;
  const store = await fileStore();
  const keys = await store.list(organizationId);
  const isTurning = await operationModel.exists({
    organizationId: objectId(organizationId),
    kind: op({ $in: ['restore', 'move', 'undo'] as const }),
    $or: [{ outcome: 'running' }, { keptUntil: op({ $gt: new Date(0) }) }],
  });
  if (isTurning) return 0;
  // In this order: what was on its way when the keys were listed still has its hold, or its row by now.
  const held = await storageHoldModel.find({ organizationId: objectId(organizationId) }).lean();
  const rows = await fileModel({ db }).find({}).select('_id').lean();
  const known = new Set([...held, ...rows].map(({ _id }) => contentKey(organizationId, _id.toString())));
  const idBytes = contentKey(organizationId, '0'.repeat(24)).length;
  const orphans = keys.filter((key) => !known.has(key.slice(0, idBytes)));
  for (const key of orphans) await store.delete(key);
  return orphans.length;
}

export type Recount = { countedBytes: number; driftBytes: number; settled: number };

/**
 * Compares the counter with what is there and sets it right; an upload that comes between makes it count
 * again.
 */
export async function recountStorage(db: TenantDatabase, now = new Date()): Promise<Recount> {
  const settled = await settleHolds(db, now);
  const _id = objectId(db.organizationId);
  for (;;) {
    const row = await organizationModel.findById(_id).select('usage').orFail().lean();
    const used = row.usage?.storageBytes ?? 0;
    const moves = row.usage?.storageMoves ?? op({ $exists: false });
    const held = await storageHoldModel.find({ organizationId: _id }).select('sizeBytes').lean();
    const [stored] = await fileModel({ db }).aggregate<{ total: number }>([
      { $match: { _id: { $nin: held.map((hold) => hold._id) } } },
      { $group: { _id: null, total: { $sum: '$sizeBytes' } } },
    ]);
    const countedBytes = held.reduce((sum, hold) => sum + hold.sizeBytes, stored?.total ?? 0);
    if (countedBytes === used) return { countedBytes, driftBytes: 0, settled };
    const corrected = await organizationModel.updateOne(
      { _id, 'usage.storageMoves': moves },
      { $set: { 'usage.storageBytes': countedBytes }, $inc: { 'usage.storageMoves': 1 } },
    );
    if (corrected.modifiedCount === 1) return { countedBytes, driftBytes: used - countedBytes, settled };
  }
}
