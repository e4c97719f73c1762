import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Medicine, toMedicine } from '../dto';
import { readGtin } from '../gs1';
import { medicineModel, packCodeModel } from '../model';
import type { RememberPackInput } from '../schema';

/**
 * Notes which medicine is in a pack, and how many of it: the next scan knows it.
 * @throws AppError NOT_FOUND, INVALID_INPUT for a wrong digit, CONFLICT where it is of another medicine.
 */
export async function rememberPack(ctx: TenantContext, input: RememberPackInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const gtin = readGtin(input.gtin);
  if (!gtin) throw new AppError('INVALID_INPUT', 'This number has a wrong digit. Scan it once more.');
  return auditedWrite(ctx, async (session) => {
    const row = await medicineModel(ctx).findOne({ _id: medicineId, isActive: true }).session(session).lean();
    if (!row) throw notFoundError('medicine');
    const known = await packCodeModel(ctx).findById(gtin).session(session).lean();
    if (known && !known.medicineId.equals(medicineId))
      throw new AppError('CONFLICT', 'A colleague has noted another medicine for this pack meanwhile.');
    const { unitsPerPack } = input;
    await packCodeModel(ctx).updateOne(
      { _id: gtin },
      { $set: { medicineId, unitsPerPack } },
      { upsert: true, session },
    );
    ctx.audit?.about(`medicine:${medicineId}`);
    noteChange<Record<string, unknown>>(
      ctx,
      known ? { unitsPerPack: known.unitsPerPack } : null,
      { gtin, unitsPerPack },
      [...(['gtin', 'unitsPerPack'] as const)],
    );
    return toMedicine(row);
  });
}
