import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { FIRST_STORE_ID, quarantinedIn } from '../../stores/policy';
import { storedIn } from '../../stores/queries';
import { storeToFill } from '../../stores/service';
import { type Medicine, toMedicine } from '../dto';
import { batchModel, medicineModel } from '../model';
import { countOf } from '../policy';
import type {
  BatchInput,
  DisposeQuarantineInput,
  HoldBatchInput,
  ReleaseQuarantineInput,
  StopSellingInput,
} from '../schema';
import { lockMedicine, post } from './ledger';
import { assertFit } from './stock';

type Stop = { reason: string; byName: string; at: Date };
const stopOf = (ctx: TenantContext, reason: string): Stop => ({
  ...{ reason, byName: ctx.actor.name, at: new Date() },
});
const saidOf = (stop: Stop | null | undefined): string => stop?.reason ?? '';

async function changeBatchRow(
  ctx: TenantContext,
  input: BatchInput,
  change: (hold: Stop | null | undefined) => Record<string, unknown>,
): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const batchId = objectId(input.batchId, 'batch');
  return auditedWrite(ctx, async (session) => {
    // Locked as a movement is: what is being given out at this moment is given out before or not at all.
    const medicine = await lockMedicine(ctx, medicineId, session);
    const before = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
    if (!before) throw notFoundError('batch');
    await batchModel(ctx).updateOne({ _id: batchId }, change(before.hold), { session });
    const after = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
    noteChange<Record<string, unknown>>(
      ctx,
      { hold: saidOf(before.hold) },
      { lotNumber: before.lotNumber, hold: saidOf(after.hold) },
      ['lotNumber', 'hold'],
    );
    return toMedicine(medicine);
  });
}

/** Nothing of a lot is given out from now on. @throws AppError NOT_FOUND, CONFLICT when it is held. */
export const holdBatch = (ctx: TenantContext, input: HoldBatchInput): Promise<Medicine> =>
  changeBatchRow(ctx, input, (hold) => {
    if (hold) throw new AppError('CONFLICT', `This lot is held already, by ${hold.byName}.`);
    return { $set: { hold: stopOf(ctx, input.reason) } };
  });

/** A lot may be given out again. @throws AppError NOT_FOUND, CONFLICT when it is not held. */
export const releaseBatch = (ctx: TenantContext, input: BatchInput): Promise<Medicine> =>
  changeBatchRow(ctx, input, (hold) => {
    if (!hold) throw new AppError('CONFLICT', 'This lot is not held.');
    return { $unset: { hold: '' } };
  });

async function changeStop(
  ctx: TenantContext,
  medicineId: string,
  stop: Stop | null,
  refusal: string,
): Promise<Medicine> {
  const _id = objectId(medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const before = await lockMedicine(ctx, _id, session);
    if (Boolean(before.stop) === Boolean(stop)) throw new AppError('CONFLICT', refusal);
    const change = stop ? { $set: { stop } } : { $unset: { stop: '' } };
    const row = await medicineModel(ctx)
      .findOneAndUpdate({ _id }, change, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    noteChange(ctx, { stop: saidOf(before.stop) }, { stop: saidOf(row.stop) }, ['stop']);
    return toMedicine(row);
  });
}

/** Nothing of a medicine is given out from this moment on, whatever its lots. */
export const stopSelling = (ctx: TenantContext, { medicineId, reason }: StopSellingInput) =>
  changeStop(ctx, medicineId, stopOf(ctx, reason), 'It is not given out already.');

/** It may be given out again. */
export const resumeSelling = (ctx: TenantContext, { medicineId }: { medicineId: string }) =>
  changeStop(ctx, medicineId, null, 'It is given out already.');

/**
 * Puts pieces that stood in quarantine back onto the shelf.
 * @throws AppError NOT_FOUND, CONFLICT for more than there are, and for what has expired.
 */
export async function releaseQuarantine(
  ctx: TenantContext,
  { quantity, reason, storeId, ...of }: ReleaseQuarantineInput,
): Promise<Medicine> {
  return fromQuarantine(ctx, of, async (session, { medicine, batch }) => {
    if (quantity > batch.inQuarantine)
      throw new AppError(
        'CONFLICT',
        `Only ${countOf(batch.inQuarantine, medicine.unit)} of this lot are in quarantine.`,
        { field: 'quantity' },
      );
    await assertFit(ctx, session, batch._id);
    const store = await storeToFill(ctx, storeId ?? FIRST_STORE_ID, session);
    const lot = { batchId: batch._id, lotNumber: batch.lotNumber };
    return post(ctx, session, {
      ...{ medicine, reason, kind: 'release' },
      changes: [
        { ...lot, quantity: -quantity, place: 'quarantine', ...storedIn(batch.inStore) },
        { ...lot, quantity, ...storedIn(store.id) },
      ],
    });
  });
}

/** Throws away what of a lot stands in quarantine. @throws AppError NOT_FOUND, CONFLICT for nothing. */
export async function disposeQuarantine(
  ctx: TenantContext,
  { reason, ...of }: DisposeQuarantineInput,
): Promise<Medicine> {
  return fromQuarantine(ctx, of, async (session, { medicine, batch }) => {
    const { _id: batchId, lotNumber, inQuarantine, inStore } = batch;
    if (inQuarantine === 0) throw new AppError('CONFLICT', 'Nothing of this lot is in quarantine.');
    const from = { place: 'quarantine' as const, ...storedIn(inStore) };
    const changes = [{ batchId, lotNumber, quantity: -inQuarantine, ...from }];
    return post(ctx, session, { medicine, kind: 'disposal', changes, reason });
  });
}

type Quarantined = {
  _id: Types.ObjectId;
  lotNumber: string;
  inQuarantine: number;
  /** The store whose quarantine it is. */
  inStore: string;
};
type Locked = Awaited<ReturnType<typeof lockMedicine>>;
async function fromQuarantine(
  ctx: TenantContext,
  { fromStoreId: inStore = FIRST_STORE_ID, ...input }: BatchInput & { fromStoreId?: string | undefined },
  move: (session: ClientSession, of: { medicine: Locked; batch: Quarantined }) => Promise<Medicine>,
): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const batchId = objectId(input.batchId, 'batch');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockMedicine(ctx, medicineId, session);
    const batch = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
    if (!batch) throw notFoundError('batch');
    const { _id, lotNumber } = batch;
    const inQuarantine = quarantinedIn(batch, inStore);
    return move(session, { medicine, batch: { _id, lotNumber, inQuarantine, inStore } });
  });
}
