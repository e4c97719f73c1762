/** The days of use that a proposal looks back on. */
export const LOOK_BACK_DAYS = 90;
/** A rate out of less is chance: somebody bought ten on the only day on which it was there. */
const FEWEST_DAYS = 7;
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
