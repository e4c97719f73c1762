export const STOCKTAKE_STATES = ['counting', 'submitted', 'approved', 'cancelled'] as const;
export type StocktakeState = (typeof STOCKTAKE_STATES)[number];
export const STOCKTAKE_LABEL: Record<StocktakeState, string> = {
  counting: 'Being counted',
  submitted: 'Waits for approval',
  approved: 'Approved',
  cancelled: 'Cancelled',
};

/** Nothing was counted longer ago than a working day, whatever a device's clock says. */
const LONGEST_AGO_SECONDS = 16 * 3_600;

/** When something was counted: said by how long ago, never before the stocktake began and never to come. */
export function countedAt(secondsAgo: number, { begun, now }: { begun: Date; now: Date }): Date {
  const ago = Math.min(Math.max(secondsAgo, 0), LONGEST_AGO_SECONDS);
  return new Date(Math.min(Math.max(now.getTime() - ago * 1_000, begun.getTime()), now.getTime()));
}

/** What should have been there then: what is there now, without what has moved since. */
export const expectedThen = (thereNow: number, movedSince: readonly { quantity: number }[]): number =>
  movedSince.reduce((sum, { quantity }) => sum - quantity, thereNow);

/** All pieces of a lot, wherever they are. */
export const piecesOf = (lot: {
  quantity: number;
  quarantine?: number | null | undefined;
  transit?: number | null | undefined;
}): number => lot.quantity + (lot.quarantine ?? 0) + (lot.transit ?? 0);

/** What a difference is worth, by what a piece of the lot has cost; null where nobody knows. */
export function differenceValue(
  difference: number,
  { pieces, valueMinor }: { pieces: number; valueMinor: number | null },
): number | null {
  if (difference === 0) return 0;
  if (valueMinor === null || pieces === 0) return null;
  return Math.round((valueMinor * difference) / pieces);
}
