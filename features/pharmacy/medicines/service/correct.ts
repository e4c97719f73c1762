import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { FIRST_STORE_ID, piecesIn, storesOf } from '../../stores/policy';
import { getStore, storedIn } from '../../stores/queries';
import { storeToFill } from '../../stores/service';
import { countFormOf, type Medicine } from '../dto';
import { batchModel } from '../model';
import type { AdjustStockInput, DisposeExpiredInput, DisposeStockInput } from '../schema';
import { lockForStock, post } from './ledger';

/**
 * Brings a batch to what was counted.
 * @throws AppError NOT_FOUND, CONFLICT when that is what the list says, or when a colleague has moved some of
 * it since it was counted.
 */
export async function adjustStock(ctx: TenantContext, input: AdjustStockInput): Promise<Medicine> {
  return changeOneBatch(ctx, input, 'adjustment', (quantity) => {
    assertUnchanged(countFormOf({ quantity }), input.version);
    if (quantity === input.counted) {
      throw new AppError('CONFLICT', 'That is what the list says already.', { field: 'counted' });
    }
    return input.counted - quantity;
  });
}

/** Takes a whole batch out of stock: broken, recalled, expired. @throws AppError NOT_FOUND, CONFLICT. */
export async function disposeStock(ctx: TenantContext, input: DisposeStockInput): Promise<Medicine> {
  return changeOneBatch(ctx, input, 'disposal', (quantity) => {
    if (quantity === 0) throw new AppError('CONFLICT', 'Nothing of this batch is left there.');
    return -quantity;
  });
}

async function changeOneBatch(
  ctx: TenantContext,
  input: { medicineId: string; batchId: string; storeId?: string | undefined; reason: string },
  kind: 'adjustment' | 'disposal',
  changeOf: (quantity: number) => number,
): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const batchId = objectId(input.batchId, 'batch');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const batch = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
    if (!batch) throw notFoundError('batch');
    // What is still in a closed store may leave it; nothing comes into it.
    const store = await getStore(ctx, input.storeId ?? FIRST_STORE_ID, session);
    const quantity = changeOf(piecesIn(batch, store.id));
    if (quantity > 0) await storeToFill(ctx, store.id, session);
    const changes = [{ batchId, lotNumber: batch.lotNumber, quantity, ...storedIn(store.id) }];
    return post(ctx, session, { medicine, kind, changes, reason: input.reason });
  });
}

/**
 * Takes every expired batch of a medicine out of stock.
 * @throws AppError NOT_FOUND, CONFLICT when there is none.
 */
export async function disposeExpired(ctx: TenantContext, input: DisposeExpiredInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const expired = await batchModel(ctx)
      .find({ medicineId, hasStock: true, expiresOn: op({ $lt: today(ctx.timeZone) }) })
      .sort({ expiresOn: 1, _id: 1 })
      .session(session)
      .lean();
    if (expired.length === 0) throw new AppError('CONFLICT', 'No batch of this medicine has expired.');
    const changes = expired.flatMap((lot) =>
      storesOf(lot).map(({ storeId, quantity }) => ({
        ...{ batchId: lot._id, lotNumber: lot.lotNumber, quantity: -quantity },
        ...storedIn(storeId),
      })),
    );
    return post(ctx, session, { medicine, kind: 'disposal', changes, reason: input.reason });
  });
}
