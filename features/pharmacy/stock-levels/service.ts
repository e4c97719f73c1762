import 'server-only';
import { lockMedicine } from '@/features/pharmacy/medicines/service/ledger';
import { openStore } from '@/features/pharmacy/stores/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { stockLevelModel } from './model';
import type { SetLevelInput } from './schema';

/**
 * Says how much of a medicine a store shall have; without numbers nobody says so any more.
 * @throws AppError NOT_FOUND, CONFLICT when a colleague has said otherwise meanwhile.
 */
export async function setLevel(
  ctx: TenantContext,
  { medicineId: id, storeId: inStore, min, max, version }: SetLevelInput,
): Promise<{ medicineId: string }> {
  const medicineId = objectId(id, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const store = await openStore(ctx, inStore, session);
    const storeId = objectId(store.id, 'store');
    await lockMedicine(ctx, medicineId, session);
    const key = { medicineId, storeId };
    const before = await stockLevelModel(ctx).findOne(key).session(session).lean();
    if ((before?.version ?? 0) !== version)
      throw new AppError('CONFLICT', 'A colleague has changed these numbers meanwhile. Open them again.');
    if (min === undefined || max === undefined) await stockLevelModel(ctx).deleteOne(key, { session });
    else
      await stockLevelModel(ctx).updateOne(
        key,
        { $set: { min, max }, $inc: { version: 1 } },
        { upsert: true, session },
      );
    ctx.audit?.about(`medicine:${id}`);
    noteChange<Record<string, unknown>>(
      ctx,
      { min: before?.min ?? null, max: before?.max ?? null },
      { min: min ?? null, max: max ?? null, store: store.name },
      ['store', 'min', 'max'],
    );
    return { medicineId: id };
  });
}
