import { diagnosisName } from '@/features/record/examinations/diagnoses';
import { type AcuityOutcome, type Examined, examinedOver } from '@/features/record/examinations/outcomes';
import type { Day } from '@/lib/time';
import { shiftMonth } from '@/lib/time';
import type { Range } from './schema';

/** Diagnoses over time and what became of acuity: sums of days, for charts and tables. Pure. */
export type ClinicalDay = Examined & { day: Day };
export type Period = { from: Day; to: Day };

const DAY_MS = 86_400_000;
const instant = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
const mondayOf = (day: Day): Day =>
  dayAt(instant(day) - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) * DAY_MS);

export type PeriodLength = 'day' | 'week' | 'month';
export const stepOf = ({ days }: Range): PeriodLength =>
  days <= 14 ? 'day' : days <= 120 ? 'week' : 'month';

/**
 * A range as days, as weeks from Monday, or as calendar months; the first and the last as far as they lie in
 * it.
 */
export function periodsOf(range: Range): Period[] {
  const step = stepOf(range);
  const periods: Period[] = [];
  for (let from = range.from; from <= range.to; ) {
    const next =
      step === 'month'
        ? `${shiftMonth(from.slice(0, 7), 1)}-01`
        : dayAt(instant(step === 'week' ? mondayOf(from) : from) + (step === 'week' ? 7 : 1) * DAY_MS);
    const last = dayAt(instant(next) - DAY_MS);
    periods.push({ from, to: last < range.to ? last : range.to });
    from = next;
  }
  return periods;
}

/** So many diagnoses have a colour of their own in the chart; the others are one. */
const DIAGNOSES_SHOWN = 4;
/** Fewer eyes say nothing about a diagnosis. */
export const LEAST_EYES = 5;

function outcomeOf({ code, eyes, gained, lost, before, now }: AcuityOutcome) {
  return {
    code,
    name: code === '' ? 'All eyes' : diagnosisName(code),
    eyes,
    gained,
    same: eyes - gained - lost,
    lost,
    /** Of the eyes, how many saw 6/12 or better. */
    goodBefore: before[0] ?? 0,
    goodNow: now[0] ?? 0,
    before,
    now,
  };
}

/** What the examinations of a range come to, beside the range before it. */
export function clinicalOf(
  days: readonly ClinicalDay[],
  daysBefore: readonly Pick<ClinicalDay, 'examined' | 'diagnoses'>[],
  range: Range,
) {
  const all = examinedOver(days);
  const before = examinedOver(daysBefore.map((day) => ({ ...day, outcomes: [] })));
  const countBefore = new Map(before.diagnoses.map(({ code, patients }) => [code, patients]));
  const diagnoses = all.diagnoses
    .map(({ code, patients }) => ({
      code,
      name: diagnosisName(code),
      patients,
      before: countBefore.get(code) ?? 0,
    }))
    .sort((a, b) => b.patients - a.patients || a.name.localeCompare(b.name));
  const shown = diagnoses.slice(0, DIAGNOSES_SHOWN);
  const periods = periodsOf(range).map((period) => {
    const { diagnoses: found, examined } = examinedOver(
      days.filter(({ day }) => day >= period.from && day <= period.to),
    );
    const count = new Map(found.map(({ code, patients }) => [code, patients]));
    const counts = shown.map(({ code }) => count.get(code) ?? 0);
    const others = found.reduce((sum, { patients }) => sum + patients, 0) - counts.reduce((a, b) => a + b, 0);
    return { ...period, examined, counts, others, diagnoses: found };
  });
  const outcomes = all.outcomes
    .filter(({ code, eyes }) => code === '' || eyes >= LEAST_EYES)
    .map(outcomeOf)
    .sort((a, b) => Number(b.code === '') - Number(a.code === '') || b.eyes - a.eyes);
  return {
    examined: all.examined,
    examinedBefore: before.examined,
    step: stepOf(range),
    periods,
    shown,
    diagnoses,
    /** All eyes first, then by diagnosis. */
    outcomes,
  };
}
export type Clinical = ReturnType<typeof clinicalOf>;
