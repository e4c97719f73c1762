import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { FORMS } from '@/features/pharmacy/medicines/policy';
import { lockForStock, lockMedicines } from '@/features/pharmacy/medicines/service/ledger';
import { batchFor } from '@/features/pharmacy/medicines/service/stock';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { openStore, storedIn } from '@/features/pharmacy/stores/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { type Stocktake, toStocktake } from '../dto';
import { stocktakeCountModel, stocktakeModel } from '../model';
import { countedAt, expectedThen } from '../policy';
import type { FoundLotInput, SaveCountsInput, StartStocktakeInput } from '../schema';

export const actorIdOf = (ctx: TenantContext): string =>
  ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';

/**
 * Begins to count a store, whole or what has one form.
 * @throws AppError NOT_FOUND, CONFLICT where the store is being counted already.
 */
export async function startStocktake(
  ctx: TenantContext,
  { storeId, form }: StartStocktakeInput,
  now = new Date(),
): Promise<Stocktake> {
  const _id = newObjectId();
  return auditedWrite(ctx, async (session) => {
    const store = await openStore(ctx, storeId, session);
    // Of two who begin at the same moment one waits for the other's number, and then sees that it is counted.
    const number = `SC-${String(await nextNumber(ctx, 'stocktakes', session)).padStart(6, '0')}`;
    const inStore = objectId(store.id, 'store');
    // Two at once would correct the same difference twice.
    if (await stocktakeModel(ctx).exists({ storeId: inStore, isOpen: true }).session(session))
      throw new AppError('CONFLICT', `${store.name} is being counted already. Finish that stocktake first.`, {
        field: 'storeId',
      });
    const row = {
      ...{ _id, number, storeId: inStore, storeName: store.name, ...(form ? { form } : {}) },
      ...{ state: 'counting' as const, isOpen: true, version: 0, at: now },
      ...{ byUserId: actorIdOf(ctx), byName: ctx.actor.name },
    };
    await stocktakeModel(ctx).create([row], { session });
    ctx.audit?.about(`stocktake:${_id}`);
    noteChange<Record<string, unknown>>(ctx, null, { ...row, form: form ? FORMS[form] : null }, [
      ...(['number', 'storeName', 'form'] as const),
    ]);
    return toStocktake(await stocktakeModel(ctx).findById(_id).session(session).orFail().lean());
  });
}

/**
 * The stocktake while it is counted, touched so that nobody submits it at the same moment.
 * @throws AppError NOT_FOUND, CONFLICT.
 */
async function openForCounting(ctx: TenantContext, stocktakeId: Types.ObjectId, session: ClientSession) {
  const row = await stocktakeModel(ctx)
    .findOneAndUpdate(
      { _id: stocktakeId, state: 'counting' },
      { $set: { updatedAt: new Date() } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (row) return row;
  if (!(await stocktakeModel(ctx).exists({ _id: stocktakeId }).session(session)))
    throw notFoundError('stocktake');
  throw new AppError('CONFLICT', 'This stocktake is no longer being counted. Open it again.');
}

type CountedLine = { batchId: string; counted: number | null; version: number; secondsAgo: number };
type Counting = {
  stocktake: { _id: Types.ObjectId; storeId: Types.ObjectId; at: Date };
  lines: readonly CountedLine[];
  now: Date;
};

/**
 * Notes counts with what the ledger had at the moment of each: what was sold since does not count. All lots
 * are read together, so that a shelf of a thousand takes no longer than one of ten.
 */
async function noteCounts(
  ctx: TenantContext,
  session: ClientSession,
  { stocktake, lines, now }: Counting,
): Promise<string> {
  const batchIds = lines.map(({ batchId }) => objectId(batchId, 'lot'));
  const findLots = () =>
    batchModel(ctx)
      .find({ _id: op({ $in: batchIds }) })
      .session(session)
      .lean();
  const names = await lockMedicines(
    ctx,
    (await findLots()).map(({ medicineId }) => medicineId),
    session,
  );
  // Read again under the lock: a counter may have taken some.
  const lots = new Map((await findLots()).map((lot) => [lot._id.toString(), lot]));
  const storeId = stocktake.storeId.toString();
  const momentOf = ({ secondsAgo }: CountedLine) => countedAt(secondsAgo, { begun: stocktake.at, now });
  const first = new Date(Math.min(...lines.map((line) => momentOf(line).getTime())));
  const moved = groupBy(
    await findMovedSince(ctx, { batchIds, since: first, storeId }).session(session).lean(),
    ({ batchId }) => batchId.toString(),
  );
  const counts = await stocktakeCountModel(ctx)
    .find({ stocktakeId: stocktake._id, batchId: op({ $in: batchIds }) })
    .session(session)
    .lean();
  const countOf = new Map(counts.map((count) => [count.batchId.toString(), count]));
  const who = { byUserId: actorIdOf(ctx), byName: ctx.actor.name };
  const writes: Parameters<ReturnType<typeof stocktakeCountModel>['bulkWrite']>[0][number][] = [];
  const said = lines.map((line) => {
    const { batchId, counted, version } = line;
    const lot = lots.get(batchId);
    if (!lot) throw notFoundError('lot');
    const title = `${names.get(lot.medicineId.toString()) ?? ''}, lot ${lot.lotNumber}`;
    const before = countOf.get(batchId);
    if ((before?.version ?? 0) !== version)
      throw new AppError(
        'CONFLICT',
        before
          ? `${before.byName} has counted ${title}, meanwhile. The list shows it.`
          : `A colleague has taken the count of ${title}, back meanwhile. Count it again.`,
        { field: 'lines' },
      );
    const filter = { stocktakeId: stocktake._id, batchId: lot._id };
    if (counted === null) {
      writes.push({ deleteOne: { filter } });
      return `${title}: not counted`;
    }
    const at = momentOf(line);
    const since = (moved.get(batchId) ?? []).filter((movement) => movement.at > at);
    const $set = {
      ...{ counted, expected: expectedThen(piecesIn(lot, storeId), since), at, ...who },
      // Also above that of a count that was taken back: what was opened before it is stale.
      version: Math.max(version + 1, now.getTime()),
    };
    const update = { $set, $setOnInsert: { medicineId: lot.medicineId } };
    writes.push({ updateOne: { filter, update, upsert: true } });
    return `${title}: ${counted}`;
  });
  await stocktakeCountModel(ctx).bulkWrite(writes, { session });
  return said.join('; ');
}

/** The find behind what has moved in a store since something was counted. */
export const findMovedSince = (
  ctx: TenantContext,
  { batchIds, since, storeId }: { batchIds: readonly Types.ObjectId[]; since: Date; storeId: string },
) =>
  movementModel(ctx).find({
    ...{ batchId: op({ $in: [...batchIds] }), at: op({ $gt: since }) },
    ...{ place: null, storeId: storedIn(storeId).storeId ?? null },
  });

/**
 * Saves what somebody has counted, each lot as of the moment at which it was counted.
 * @throws AppError NOT_FOUND, CONFLICT when it is no longer counted, or a colleague has counted meanwhile.
 */
export async function saveCounts(
  ctx: TenantContext,
  input: SaveCountsInput,
  now = new Date(),
): Promise<Stocktake> {
  const stocktakeId = objectId(input.stocktakeId, 'stocktake');
  return auditedWrite(ctx, async (session) => {
    const stocktake = await openForCounting(ctx, stocktakeId, session);
    const said = await noteCounts(ctx, session, { stocktake, lines: input.lines, now });
    ctx.audit?.about(`stocktake:${stocktakeId}`);
    noteChange<Record<string, unknown>>(ctx, null, { counted: said }, ['counted']);
    return toStocktake(stocktake);
  });
}

/**
 * Counts a lot that the list does not have: it comes into stock when the stocktake is approved.
 * @throws AppError NOT_FOUND, INVALID_INPUT for what has expired, CONFLICT where it was counted already.
 */
export async function countFoundLot(
  ctx: TenantContext,
  { stocktakeId: id, medicineId: ofMedicine, lotNumber, expiresOn, counted }: FoundLotInput,
  now = new Date(),
): Promise<Stocktake> {
  const stocktakeId = objectId(id, 'stocktake');
  const medicineId = objectId(ofMedicine, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const stocktake = await openForCounting(ctx, stocktakeId, session);
    await lockForStock(ctx, medicineId, session);
    const { _id: batchId } = await batchFor(ctx, session, {
      ...{ medicineId, lotNumber, expiresOn, field: 'expiresOn' },
    });
    const line = { batchId: batchId.toString(), counted, version: 0, secondsAgo: 0 };
    const said = await noteCounts(ctx, session, { stocktake, lines: [line], now });
    ctx.audit?.about(`stocktake:${stocktakeId}`);
    noteChange<Record<string, unknown>>(ctx, null, { counted: said }, ['counted']);
    return toStocktake(stocktake);
  });
}
