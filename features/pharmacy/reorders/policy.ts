/** The days of use that a proposal looks back on. */
export const LOOK_BACK_DAYS = 90;
/** A rate out of less is chance: somebody bought ten on the only day on which it was there. */
const FEWEST_DAYS = 7;
const DAY_MS = 86_400_000;

export type UseRow = {
  /** Milliseconds since 1970. */
  at: number;
  quantity: number;
  /** What was on hand after it. */
  onHandAfter: number;
  /** Of the quarantine: nothing on hand by that. */
  isElsewhere: boolean;
};

/**
 * On how many days of a stretch a medicine was on hand. Use is counted over these: what was out could not be
 * given, and would otherwise be ordered ever less.
 * @param moved in order
 */
export function daysWithStock(
  moved: readonly UseRow[],
  { from, to, onHandNow }: { from: number; to: number; onHandNow: number },
): number {
  const [first] = moved;
  let onHand = first ? first.onHandAfter - (first.isElsewhere ? 0 : first.quantity) : onHandNow;
  let since = from;
  let ms = 0;
  for (const { at, onHandAfter } of moved) {
    if (onHand > 0) ms += at - since;
    since = at;
    onHand = onHandAfter;
  }
  if (onHand > 0) ms += to - since;
  return ms / DAY_MS;
}

type Need = {
  /** Pieces given in the stretch, without what came back. */
  given: number;
  /** Days of the stretch on which it was there. */
  days: number;
  /** Pieces that may be given, and keep long enough. */
  usable: number;
  onOrder: number;
  reorderLevel: number;
  /** For how many days it shall last. */
  coverDays: number;
  unitsPerPack: number;
  /** What the store that is bought for shall have, where somebody has said, and what is usable in it. */
  level?: { min: number; max: number; usable: number } | undefined;
};

/** How many a day are given while it is there. */
export const dailyUse = ({ given, days }: Pick<Need, 'given' | 'days'>): number =>
  Math.max(given, 0) / Math.max(days, FEWEST_DAYS);

/**
 * How many packs to order, so that it lasts so long and the reorder level is still there; 0 for none. Where
 * somebody has said the least and the most, these count and not the use.
 */
export function packsToOrder(need: Need): number {
  const { level, onOrder, unitsPerPack } = need;
  if (level) {
    const coming = level.usable + onOrder;
    return coming <= level.min ? Math.max(Math.ceil((level.max - coming) / unitsPerPack), 0) : 0;
  }
  const wanted = Math.ceil(dailyUse(need) * need.coverDays) + need.reorderLevel;
  return Math.max(Math.ceil((wanted - need.usable - need.onOrder) / need.unitsPerPack), 0);
}
