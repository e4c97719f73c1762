import 'server-only';
import { noteDay } from '@/features/patients/notes/day';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Prescription, toPrescription } from '../dto';
import { prescriptionModel } from '../model';
import type { VoidPrescriptionInput } from '../schema';

/**
 * Takes a prescription back: it stays readable, a print of it is marked as void, and the pharmacy has it no
 * longer in its list.
 * @throws AppError CONFLICT when somebody has changed it meanwhile or it is void already, NOT_FOUND.
 */
export async function voidPrescription(
  ctx: TenantContext,
  { prescriptionId, version, reason }: VoidPrescriptionInput,
  now = new Date(),
): Promise<Prescription> {
  const _id = objectId(prescriptionId, 'prescription');
  return auditedWrite(ctx, async (session) => {
    const row = await prescriptionModel(ctx).findById(_id).session(session).lean();
    if (!row) throw notFoundError('prescription');
    if (row.status === 'cancelled')
      throw new AppError('CONFLICT', `${row.voidedByName} has voided it already.`);
    if (row.version !== version)
      throw new AppError('CONFLICT', `${row.savedByName} has changed it meanwhile. Open it again.`);
    const voided = { voidedAt: now, voidedByName: ctx.actor.name, voidReason: reason };
    await prescriptionModel(ctx).updateOne(
      { _id },
      { $set: { status: 'cancelled', dispenseStatus: 'none', version: version + 1, ...voided } },
      { session },
    );
    await noteDay(ctx, row.day, session);
    return toPrescription(await prescriptionModel(ctx).findById(_id).session(session).orFail().lean());
  });
}
