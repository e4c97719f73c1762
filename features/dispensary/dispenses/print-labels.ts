import 'server-only';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { labelPaper } from './paper';
import { hasLabels } from './policy';
import { getDispense } from './queries';
import type { LabelQuery } from './schema';

/**
 * The labels of a dispense as a PDF; that they were printed is kept.
 * @throws AppError NOT_FOUND; CONFLICT where nothing was given that a label could be stuck on.
 */
export async function printLabels(
  ctx: TenantContext,
  dispenseId: string,
  { paper, language, from }: LabelQuery,
) {
  const { id, prescriptionId, lines, day } = await getDispense(ctx, dispenseId);
  if (!prescriptionId || !hasLabels(lines))
    throw new AppError('CONFLICT', 'There is nothing here to put a label on.');
  const [prescription, frame] = await Promise.all([getPrescription(ctx, prescriptionId), paperFrame(ctx)]);
  const $in = lines.flatMap(({ medicineId }) => (medicineId ? [objectId(medicineId, 'medicine')] : []));
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in }) })
    .select('openDays')
    .lean();
  const content = await printPaper(ctx, `labels:${id}`, () =>
    labelPaper(lines, {
      patient: { name: prescription.patientName, number: prescription.patientNumber },
      startsOn: prescription.day,
      ...{ day, language, size: paper, skip: from - 1 },
      pharmacy: frame.head?.name ?? ctx.organization.name,
      openDays: new Map(medicines.map((row) => [row._id.toString(), row.openDays ?? null])),
      printed: frame.printed,
    }),
  );
  return { name: `labels-${id}.pdf`, contentType: 'application/pdf', content, isInline: true };
}
