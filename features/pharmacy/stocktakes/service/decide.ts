import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { lockMedicine, post } from '@/features/pharmacy/medicines/service/ledger';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { storedIn } from '@/features/pharmacy/stores/queries';
import { storeToFill } from '@/features/pharmacy/stores/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Stocktake, toStocktake } from '../dto';
import { stocktakeCountModel, stocktakeModel } from '../model';
import { differenceValue, piecesOf, STOCKTAKE_LABEL, type StocktakeState } from '../policy';
import { listOthersToApprove } from '../queries';
import type { ApproveStocktakeInput, StocktakeInput } from '../schema';
import { actorIdOf } from './count';

type Row = { _id: Types.ObjectId; number: string; storeId: Types.ObjectId; submittedById?: string | null };
type Change = {
  state: StocktakeState;
  submittedById?: string;
  submittedByName?: string;
  decidedByName?: string;
  decidedAt?: Date;
  note?: string;
};

/** @throws AppError NOT_FOUND, CONFLICT when a colleague has moved it on meanwhile. */
async function moveOn(
  ctx: TenantContext,
  { stocktakeId, version }: StocktakeInput,
  from: readonly StocktakeState[],
  change: (row: Row, session: ClientSession) => Promise<Change>,
): Promise<Stocktake> {
  const _id = objectId(stocktakeId, 'stocktake');
  return auditedWrite(ctx, async (session) => {
    const before = await stocktakeModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('stocktake');
    if (before.version !== version || !from.includes(before.state))
      throw new AppError(
        'CONFLICT',
        `${before.number}: ${STOCKTAKE_LABEL[before.state].toLowerCase()} by now.`,
      );
    const changed = await change(before, session);
    const isOpen = changed.state === 'counting' || changed.state === 'submitted';
    const row = await stocktakeModel(ctx)
      .findOneAndUpdate(
        { _id, version },
        { $set: { ...changed, isOpen }, $inc: { version: 1 } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`stocktake:${_id}`);
    noteChange<Record<string, unknown>>(ctx, before, row, ['state', 'note']);
    return toStocktake(row);
  });
}

/** Counting is over: somebody else looks at the differences. @throws AppError NOT_FOUND, CONFLICT. */
export const submitStocktake = (ctx: TenantContext, input: StocktakeInput): Promise<Stocktake> =>
  moveOn(ctx, input, ['counting'], async ({ _id }, session) => {
    if (!(await stocktakeCountModel(ctx).exists({ stocktakeId: _id }).session(session)))
      throw new AppError('CONFLICT', 'Nothing has been counted yet.');
    return { state: 'submitted', submittedById: actorIdOf(ctx), submittedByName: ctx.actor.name };
  });

/** Some of it is counted once more. @throws AppError NOT_FOUND, CONFLICT. */
export const recountStocktake = (ctx: TenantContext, input: StocktakeInput): Promise<Stocktake> =>
  moveOn(ctx, input, ['submitted'], async () => ({ state: 'counting' }));

/** Nothing of it counts. @throws AppError NOT_FOUND, CONFLICT. */
export const cancelStocktake = (ctx: TenantContext, input: StocktakeInput): Promise<Stocktake> =>
  moveOn(ctx, input, ['counting', 'submitted'], async () => ({
    ...{ state: 'cancelled', decidedByName: ctx.actor.name, decidedAt: new Date() },
  }));

/**
 * Corrects the stock by the differences, each as of the moment at which it was counted, whatever has been
 * given out since. Who has counted or submitted does not approve, unless nobody else here may.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT where a lot was corrected otherwise since it was counted.
 */
export const approveStocktake = (
  ctx: TenantContext,
  { note, ...input }: ApproveStocktakeInput,
): Promise<Stocktake> =>
  moveOn(ctx, input, ['submitted'], async (stocktake, session) => {
    const counts = await stocktakeCountModel(ctx)
      .find({ stocktakeId: stocktake._id })
      .sort({ batchId: 1 })
      .session(session)
      .lean();
    const me = actorIdOf(ctx);
    const isOwn = stocktake.submittedById === me || counts.some(({ byUserId }) => byUserId === me);
    if (isOwn && (await listOthersToApprove(ctx)).length > 0)
      throw new AppError('FORBIDDEN', 'Somebody who has not counted approves it.');
    if (counts.some(({ counted, expected }) => counted > expected))
      await storeToFill(ctx, stocktake.storeId.toString(), session);
    for (const count of counts) await correct(ctx, session, stocktake, { ...count, note });
    return {
      ...{ state: 'approved', decidedByName: ctx.actor.name, decidedAt: new Date() },
      ...(note ? { note } : {}),
    };
  });

type Counted = {
  _id: Types.ObjectId;
  batchId: Types.ObjectId;
  medicineId: Types.ObjectId;
  counted: number;
  expected: number;
  at: Date;
  note: string | undefined;
};

async function correct(
  ctx: TenantContext,
  session: ClientSession,
  { number, storeId: inStore }: Row,
  { _id, batchId, medicineId, counted, expected, at, note }: Counted,
): Promise<void> {
  const quantity = counted - expected;
  if (quantity === 0) return;
  const medicine = await lockMedicine(ctx, medicineId, session);
  const lot = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  const storeId = inStore.toString();
  const again = `Send it back and have ${medicine.name}, lot ${lot.lotNumber}, counted again.`;
  const other = await movementModel(ctx)
    .exists({
      batchId,
      at: op({ $gt: at }),
      kind: op({ $in: ['adjustment' as const, 'disposal' as const] }),
      place: null,
      storeId: storedIn(storeId).storeId ?? null,
    })
    .session(session);
  if (other)
    throw new AppError('CONFLICT', `Its stock was corrected otherwise since it was counted. ${again}`);
  if (piecesIn(lot, storeId) + quantity < 0)
    throw new AppError('CONFLICT', `More of it has gone since than was counted. ${again}`);
  // Kept: after this the lot has another stock and another cost, and a lot that is gone has none.
  const worthMinor = differenceValue(quantity, { pieces: piecesOf(lot), valueMinor: lot.valueMinor ?? null });
  if (worthMinor !== null)
    await stocktakeCountModel(ctx).updateOne({ _id }, { $set: { worthMinor } }, { session });
  await post(ctx, session, {
    ...{ medicine, kind: 'adjustment', reason: `Stocktake ${number}${note ? `: ${note}` : ''}` },
    changes: [{ batchId, lotNumber: lot.lotNumber, quantity, ...storedIn(storeId) }],
  });
}
