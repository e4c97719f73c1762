/** Few medicines make most of the money: A the first 70 % of it, B the next 20 %, C the rest. */
export const ABC_CLASSES = ['A', 'B', 'C'] as const;
export type AbcClass = (typeof ABC_CLASSES)[number];
const SHARES = { A: 70, B: 90 } as const;

/**
 * The class of each by what was used of it. What nobody used is of class C; of the dearest, also one that is
 * more than the share by itself, the first is always A.
 */
export function abcClasses(used: ReadonlyMap<string, number>): Map<string, AbcClass> {
  const sorted = [...used].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = sorted.reduce((sum, [, minor]) => sum + Math.max(minor, 0), 0);
  const classes = new Map<string, AbcClass>();
  let before = 0;
  for (const [id, minor] of sorted) {
    const share = total === 0 ? 100 : (before / total) * 100;
    classes.set(id, minor <= 0 ? 'C' : share < SHARES.A ? 'A' : share < SHARES.B ? 'B' : 'C');
    before += Math.max(minor, 0);
  }
  return classes;
}

/** The days that use is looked at. */
export const USE_DAYS = 365;
/** What was not given out for so long does not move. */
export const IDLE_DAYS = [30, 90, 180, 365] as const;
