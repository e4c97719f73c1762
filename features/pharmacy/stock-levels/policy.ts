export type LeastAndMost = { min: number; max: number };

/** How many a store needs, with what is on its way to it; 0 while it has more than the least. */
export const piecesNeeded = (
  { min, max }: LeastAndMost,
  { there, coming }: { there: number; coming: number },
): number => (there + coming <= min ? Math.max(max - there - coming, 0) : 0);
