import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { FORMS } from '@/features/pharmacy/medicines/policy';
import { lockForStock, lockMedicine } from '@/features/pharmacy/medicines/service/ledger';
import { batchFor } from '@/features/pharmacy/medicines/service/stock';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { openStore, storedIn } from '@/features/pharmacy/stores/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
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

type Counting = {
  stocktake: { _id: Types.ObjectId; storeId: Types.ObjectId; at: Date };
  batchId: Types.ObjectId;
  counted: number;
  version: number;
  secondsAgo: number;
  now: Date;
};

/** Notes a count with what the ledger had at that moment: what was sold since does not count. */
async function noteCount(
  ctx: TenantContext,
  session: ClientSession,
  { stocktake, batchId, counted, version, secondsAgo, now }: Counting,
): Promise<string> {
  const known = await batchModel(ctx).findById(batchId).session(session).lean();
  if (!known) throw notFoundError('lot');
  const { name } = await lockMedicine(ctx, known.medicineId, session);
  const storeId = stocktake.storeId.toString();
  const lot = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  const at = countedAt(secondsAgo, { begun: stocktake.at, now });
  const since = await movementModel(ctx)
    .find({ batchId, at: op({ $gt: at }), place: null, storeId: storedIn(storeId).storeId ?? null })
    .session(session)
    .lean();
  const key = { stocktakeId: stocktake._id, batchId };
  const before = await stocktakeCountModel(ctx).findOne(key).session(session).lean();
  if ((before?.version ?? 0) !== version)
    throw new AppError(
      'CONFLICT',
      `${before?.byName ?? 'A colleague'} has counted ${name}, lot ${lot.lotNumber}, meanwhile. Open the list again.`,
      { field: 'lines' },
    );
  const said = {
    ...{ counted, expected: expectedThen(piecesIn(lot, storeId), since), at },
    ...{ byUserId: actorIdOf(ctx), byName: ctx.actor.name, version: version + 1 },
  };
  await stocktakeCountModel(ctx).updateOne(
    key,
    { $set: said, $setOnInsert: { medicineId: lot.medicineId } },
    { upsert: true, session },
  );
  return `${name}, lot ${lot.lotNumber}: ${counted}`;
}

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
    const said: string[] = [];
    for (const { batchId, ...line } of input.lines)
      said.push(
        await noteCount(ctx, session, { stocktake, batchId: objectId(batchId, 'lot'), now, ...line }),
      );
    ctx.audit?.about(`stocktake:${stocktakeId}`);
    noteChange<Record<string, unknown>>(ctx, null, { counted: said.join('; ') }, ['counted']);
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
    const said = await noteCount(ctx, session, {
      ...{ stocktake, batchId, counted, version: 0, secondsAgo: 0, now },
    });
    ctx.audit?.about(`stocktake:${stocktakeId}`);
    noteChange<Record<string, unknown>>(ctx, null, { counted: said }, ['counted']);
    return toStocktake(stocktake);
  });
}
