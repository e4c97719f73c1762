/** `draft` until somebody approves it; `approved` until all has come, or nobody waits for the rest. */
export const ORDER_STATUSES = ['draft', 'approved', 'closed', 'cancelled'] as const;
type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What is ordered of a medicine, in packs; `free` is what the supplier has agreed to give on top. */
type OrderLine = {
  packs: number;
  freePacks: number;
  receivedPacks: number;
  receivedFree: number;
};

export const openPacks = ({ packs, receivedPacks }: OrderLine): number => Math.max(packs - receivedPacks, 0);
export const openFree = ({ freePacks, receivedFree }: OrderLine): number =>
  Math.max(freePacks - receivedFree, 0);
export const isComplete = (lines: readonly OrderLine[]): boolean =>
  lines.every((line) => openPacks(line) + openFree(line) === 0);

export type OrderState = OrderStatus | 'part-received' | 'closed-short';
export const ORDER_STATE_LABEL: Record<OrderState, string> = {
  draft: 'Draft',
  approved: 'Approved',
  'part-received': 'Partly received',
  closed: 'Received',
  'closed-short': 'Closed without the rest',
  cancelled: 'Cancelled',
};

/** The state follows from the sums of what has come; only who decides something is stored. */
export function orderState(status: OrderStatus, lines: readonly OrderLine[]): OrderState {
  if (status === 'closed') return isComplete(lines) ? 'closed' : 'closed-short';
  const hasSome = lines.some(({ receivedPacks, receivedFree }) => receivedPacks + receivedFree > 0);
  return status === 'approved' && hasSome ? 'part-received' : status;
}

type Came = { medicineId: string; unitsPerPack: number; packs: number; freePacks: number };
type Line = OrderLine & { medicineId: string; unitsPerPack: number };

/**
 * The line of an order that what came is of: the same medicine in packs of the same size, and of several the
 * first that is still open. -1 where nobody has ordered it.
 */
export function lineOfCame(lines: readonly Line[], { medicineId, unitsPerPack }: Came): number {
  const is = (line: Line) => line.medicineId === medicineId && line.unitsPerPack === unitsPerPack;
  const open = lines.findIndex((line) => is(line) && openPacks(line) + openFree(line) > 0);
  return open >= 0 ? open : lines.findIndex(is);
}

/** A row of an order in which nothing was typed. */
export const isEmptyOrderLine = (line: { medicineId: string; packs: string; rate: string }): boolean =>
  !line.medicineId && !line.packs && !line.rate;
