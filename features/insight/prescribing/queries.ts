import 'server-only';
import { printsBefore, readPrints } from '@/features/identity/papers/queries';
import { daysOf, type Range } from '@/features/insight/reports/schema';
import { findSamples } from '@/features/patients/patients/queries';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { toSpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectaclesModel } from '@/features/record/spectacles/model';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayRange } from '@/lib/time';
import { glassesCounter, prescribingCounter, printsCounter } from './policy';

/** The find behind the prescriptions of a day; apart from it so that a test can ask how it is answered. */
export const findPrescribed = (ctx: TenantContext, day: Day) =>
  prescriptionModel(ctx).find({ day, status: 'active' as const });

/** The find behind the glasses of a day. */
export const findGlasses = (ctx: TenantContext, day: Day) =>
  spectaclesModel(ctx).find({ day, isVoid: false });

/**
 * What was prescribed in a range of days and holds: medicines, who prescribed them, what the pharmacy did,
 * glasses, and how often papers were printed. Days are read one after the other, so that no more than one is
 * held; see MOST_DAYS.
 */
export async function getPrescribing(ctx: TenantContext, range: Range) {
  const prescribed = prescribingCounter();
  const glasses = glassesCounter();
  const prints = printsCounter();
  const sampled = new Set((await findSamples(ctx)).map(({ _id }) => _id.toString()));
  const isReal = ({ patientId }: { patientId: { toString(): string } }) => !sampled.has(patientId.toString());
  for (const day of daysOf(range)) {
    const { start, end } = dayRange(day, ctx.timeZone);
    const [prescriptions, spectacles, printed] = await Promise.all([
      findPrescribed(ctx, day).lean(),
      findGlasses(ctx, day).lean(),
      readPrints(ctx, { start, end }),
    ]);
    prints.add(printed, await printsBefore(ctx, printed, start));
    for (const row of prescriptions.filter(isReal)) {
      const { lines, dispenseStatus, signed } = toPrescription(row);
      prescribed.add({ lines, dispenseStatus, signedByName: signed?.name ?? '' });
    }
    for (const row of spectacles.filter(isReal)) glasses.add(toSpectaclesPrescription(row).spectacles);
  }
  return { ...prescribed.figures(), glasses: glasses.figures(), prints: prints.figures() };
}
export type Prescribing = Awaited<ReturnType<typeof getPrescribing>>;
