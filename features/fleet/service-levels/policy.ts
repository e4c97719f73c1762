/** Below the first, so much of the month's fee. The company writes the same into its service levels. */
const CREDITS = [
  { below: 9_500, percent: 50 },
  { below: 9_900, percent: 25 },
] as const;
const LEAST_CREDIT = 10;

type Checked = { promised: number; checks: number; failed: number };

/** The share of checks that were answered, rounded down; null before the first check. */
export const availabilityOf = ({ checks, failed }: Checked): number | null =>
  checks > 0 ? Math.floor(((checks - failed) / checks) * 10_000) : null;

/** Whether a month was worse than promised, as far as it was measured. */
export function isMissed(month: Checked): boolean {
  const measured = availabilityOf(month);
  return measured !== null && measured < month.promised;
}

/** The share of the month's fee that a missed promise is worth; 0 for one that was kept. */
export function creditPercentOf(month: Checked): number {
  if (!isMissed(month)) return 0;
  const measured = availabilityOf(month) ?? 0;
  return CREDITS.find(({ below }) => measured < below)?.percent ?? LEAST_CREDIT;
}
