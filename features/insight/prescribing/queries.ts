import 'server-only';
import { daysOf, type Range } from '@/features/insight/reports/schema';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { toSpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectaclesModel } from '@/features/record/spectacles/model';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { glassesCounter, prescribingCounter } from './policy';

/** The find behind the prescriptions of a day; apart from it so that a test can ask how it is answered. */
export const findPrescribed = (ctx: TenantContext, day: Day) =>
  prescriptionModel(ctx).find({ day, status: 'active' as const });

/** The find behind the glasses of a day. */
export const findGlasses = (ctx: TenantContext, day: Day) =>
  spectaclesModel(ctx).find({ day, isVoid: false });

/**
 * What was prescribed in a range of days and holds: medicines, who prescribed them, what the pharmacy did,
 * and glasses. Days are read one after the other, so that no more than one is held; see MOST_DAYS.
 */
export async function getPrescribing(ctx: TenantContext, range: Range) {
  const prescribed = prescribingCounter();
  const glasses = glassesCounter();
  for (const day of daysOf(range)) {
    const [prescriptions, spectacles] = await Promise.all([
      findPrescribed(ctx, day).lean(),
      findGlasses(ctx, day).lean(),
    ]);
    for (const row of prescriptions) {
      const { lines, dispenseStatus, signed } = toPrescription(row);
      prescribed.add({ lines, dispenseStatus, signedByName: signed?.name ?? '' });
    }
    for (const row of spectacles) glasses.add(toSpectaclesPrescription(row).spectacles);
  }
  return { ...prescribed.figures(), glasses: glasses.figures() };
}
export type Prescribing = Awaited<ReturnType<typeof getPrescribing>>;
