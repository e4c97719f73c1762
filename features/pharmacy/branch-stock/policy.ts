/** What a branch has of a medicine, and what somebody has said that its stores shall have. */
type Kept = {
  /** On the shelves of the branch, and on its way to them. */
  onHand: number;
  coming: number;
  /** Of the hospital; counts where nobody has said anything of the stores. */
  reorderLevel: number;
  /** The first store stands in the branch: what stands nowhere else belongs there. */
  hasFirstStore: boolean;
  /** Of each store that has a least: what it has that may be given, and what comes to it. */
  levels: readonly { min: number; usable: number; coming: number }[];
};

/** Whether a medicine is one of the branch's: a branch that never had it is not out of it. */
export const isKeptAt = ({ onHand, coming, hasFirstStore, levels }: Kept): boolean =>
  hasFirstStore || levels.length > 0 || onHand + coming > 0;

/** Whether it is time to act: by the least of each store, else by the reorder level of the hospital. */
export function isLowAt(kept: Kept): boolean {
  const { onHand, coming, reorderLevel, levels } = kept;
  if (!isKeptAt(kept)) return false;
  if (levels.length > 0) return levels.some((level) => level.usable + level.coming <= level.min);
  return onHand + coming <= reorderLevel;
}

/** At what it is low: the reorder level, or what the stores of the branch shall have at least. */
export const lowestAt = ({ reorderLevel, levels }: Pick<Kept, 'reorderLevel' | 'levels'>): number =>
  levels.length > 0 ? levels.reduce((sum, { min }) => sum + min, 0) : reorderLevel;
