import { ACUITY_BANDS, acuityChange, bandOf } from './acuity';
import { type Assessment, type Before, bestAcuity, EYES, isOfEye, type Measurements } from './policy';

/** Diagnoses and acuity over many examinations: pure sums, so that days add up to months. */
type DiagnosisCount = { code: string; patients: number };

/** Eyes whose best acuity is known at an examination and at an earlier one, by bands of ACUITY_BANDS. */
export type AcuityOutcome = {
  /** A diagnosis of these eyes; '' for all eyes. */
  code: string;
  eyes: number;
  gained: number;
  lost: number;
  before: number[];
  now: number[];
};

export type Examined = {
  /** Patients of whom anything was written. */
  examined: number;
  diagnoses: DiagnosisCount[];
  outcomes: AcuityOutcome[];
};

const noBands = (): number[] => ACUITY_BANDS.map(() => 0);
const sum = (a: readonly number[], b: readonly number[]): number[] =>
  ACUITY_BANDS.map((_, index) => (a[index] ?? 0) + (b[index] ?? 0));
const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1);

/** What the examinations of one day come to. */
export function examinedOf(
  rows: readonly { measurements: Measurements; assessment: Assessment; before: Before }[],
): Examined {
  const counts = new Map<string, number>();
  const outcomes = new Map<string, AcuityOutcome>();
  for (const { measurements, assessment, before } of rows) {
    // What a doctor has written in words is counted nowhere: figures are kept in the clear.
    const coded = assessment.diagnoses.filter(({ code }) => code !== '');
    for (const { code } of coded) counts.set(code, (counts.get(code) ?? 0) + 1);
    for (const eye of EYES) {
      const [earlier, now] = [before[eye], bestAcuity(measurements, eye)];
      if (earlier === undefined || now === null) continue;
      const change = acuityChange(earlier, now);
      const codes = coded.filter(({ side }) => isOfEye(side, eye)).map(({ code }) => code);
      for (const code of ['', ...codes]) {
        const one = outcomes.get(code) ?? {
          code,
          eyes: 0,
          gained: 0,
          lost: 0,
          before: noBands(),
          now: noBands(),
        };
        one.eyes += 1;
        if (change !== 'same') one[change] += 1;
        one.before[bandOf(earlier)] = (one.before[bandOf(earlier)] ?? 0) + 1;
        one.now[bandOf(now)] = (one.now[bandOf(now)] ?? 0) + 1;
        outcomes.set(code, one);
      }
    }
  }
  return {
    examined: rows.length,
    diagnoses: [...counts].map(([code, patients]) => ({ code, patients })).sort(byCode),
    outcomes: [...outcomes.values()].sort(byCode),
  };
}

/** Several days as one. */
export function examinedOver(days: readonly Examined[]): Examined {
  const counts = new Map<string, number>();
  const outcomes = new Map<string, AcuityOutcome>();
  for (const day of days) {
    for (const { code, patients } of day.diagnoses) counts.set(code, (counts.get(code) ?? 0) + patients);
    for (const one of day.outcomes) {
      const known = outcomes.get(one.code);
      outcomes.set(
        one.code,
        known
          ? {
              code: one.code,
              eyes: known.eyes + one.eyes,
              gained: known.gained + one.gained,
              lost: known.lost + one.lost,
              before: sum(known.before, one.before),
              now: sum(known.now, one.now),
            }
          : one,
      );
    }
  }
  return {
    examined: days.reduce((total, { examined }) => total + examined, 0),
    diagnoses: [...counts].map(([code, patients]) => ({ code, patients })).sort(byCode),
    outcomes: [...outcomes.values()].sort(byCode),
  };
}
