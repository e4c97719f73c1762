import { type Examination, toExamination } from '@/features/record/examinations/dto';
import { examinationModel } from '@/features/record/examinations/model';
import type { TenantContext } from '@/lib/tenancy/context';

const BANDS = [95, 86, 60, 45, 0];
const EYES = ['right', 'left'] as const;

/** logMAR as audits of outcomes write it, also below the chart. */
const logMar = (base: number): number => ({ 4: 2.1, 3: 2.4, 2: 2.7, 1: 3 })[base] ?? (110 - base) / 50;
const best = (exam: Examination, eye: 'right' | 'left'): number =>
  Math.max(
    -1,
    ...Object.values(exam.measurements[eye].acuity).flatMap((one) => ('base' in one ? [one.base] : [])),
  );

/** Every examination there is, in order. */
export const allExaminations = async (ctx: TenantContext): Promise<Examination[]> =>
  (await examinationModel(ctx).find().sort({ startedAt: 1, _id: 1 }).lean()).map(toExamination);

/**
 * The slow way: of each eye of each patient, every reading there is, in order. `before` as it is stored is
 * not looked at.
 */
export function plainExamined(all: readonly Examination[], from: string, to: string) {
  const within = all.filter(({ day }) => day >= from && day <= to);
  const last = new Map<string, number>();
  const pairs: { now: number; before: number; codes: string[] }[] = [];
  for (const exam of all)
    for (const eye of EYES) {
      const now = best(exam, eye);
      if (now < 0) continue;
      const key = `${exam.patientId} ${eye}`;
      const before = last.get(key);
      last.set(key, now);
      if (before === undefined || exam.day < from || exam.day > to) continue;
      const codes = exam.assessment.diagnoses
        .filter(({ side }) => side === eye || side === 'both' || side === 'none')
        .map(({ code }) => code);
      pairs.push({ now, before, codes: ['', ...codes] });
    }
  const codes = [
    ...new Set(within.flatMap(({ assessment }) => assessment.diagnoses.map(({ code }) => code))),
  ].sort();
  const band = (base: number) => BANDS.findIndex((least) => base >= least);
  const count = (values: number[]) => BANDS.map((_, index) => values.filter((at) => at === index).length);
  return {
    examined: within.length,
    diagnoses: codes.map((code) => ({
      code,
      patients: within.filter(({ assessment }) => assessment.diagnoses.some((found) => found.code === code))
        .length,
    })),
    outcomes: ['', ...codes].flatMap((code) => {
      const eyes = pairs.filter((pair) => pair.codes.includes(code));
      if (eyes.length === 0) return [];
      const moved = eyes.map(({ before, now }) => Math.round((logMar(before) - logMar(now)) * 100));
      return [
        {
          code,
          eyes: eyes.length,
          gained: moved.filter((by) => by >= 20).length,
          lost: moved.filter((by) => by <= -20).length,
          before: count(eyes.map(({ before }) => band(before))),
          now: count(eyes.map(({ now }) => band(now))),
        },
      ];
    }),
  };
}
