// New patients, and who of them came again: computed from days' summaries.
import { type Day, type Month, monthOf, shiftMonth } from '@/lib/time';

const COHORT_MONTHS = 12;
/** The columns: months after the one of the first visit. */
export const MONTHS_AFTER = Array.from({ length: COHORT_MONTHS - 1 }, (_, index) => index + 1);

/** The days that the cohorts up to a day are counted over: its month and the eleven before. */
export const cohortDays = (to: Day): { from: Day; to: Day } => ({
  from: `${shiftMonth(monthOf(to), 1 - COHORT_MONTHS)}-01`,
  to,
});

export type RetentionDay = {
  day: Day;
  newPatients: number;
  cameBack: readonly { month: Month; patients: number }[];
};

/**
 * New patients by the month of their first visit, and how many of them came in each month after it, each
 * patient once a month.
 * `again` has null for the months that have not begun by `to`.
 */
export function cohortsOf(days: readonly RetentionDay[], to: Day) {
  const { from } = cohortDays(to);
  const sizes = new Map<Month, number>();
  const cells = new Map<string, number>();
  for (const { day, newPatients, cameBack } of days) {
    if (day < from || day > to) continue;
    const now = monthOf(day);
    sizes.set(now, (sizes.get(now) ?? 0) + newPatients);
    for (const { month, patients } of cameBack)
      cells.set(`${month} ${now}`, (cells.get(`${month} ${now}`) ?? 0) + patients);
  }
  const last = monthOf(to);
  return Array.from({ length: COHORT_MONTHS }, (_, index) => shiftMonth(monthOf(from), index)).map(
    (month) => ({
      month,
      patients: sizes.get(month) ?? 0,
      again: MONTHS_AFTER.map((after) => {
        const later = shiftMonth(month, after);
        return later > last ? null : (cells.get(`${month} ${later}`) ?? 0);
      }),
    }),
  );
}
export type Cohort = ReturnType<typeof cohortsOf>[number];

/** How dark a cell is, from 0 for nobody to 4, by the share of the cohort that came. */
export function shadeOf(again: number, patients: number): 0 | 1 | 2 | 3 | 4 {
  const share = patients > 0 ? again / patients : 0;
  if (share === 0) return 0;
  if (share < 0.1) return 1;
  if (share < 0.2) return 2;
  return share < 0.35 ? 3 : 4;
}
