import type { Day } from '@/lib/time';

export type BatchStock = { id: string; expiresOn: Day; quantity: number };

export const isExpired = (expiresOn: Day, today: Day): boolean => expiresOn < today;

/**
 * Which batches give `quantity`: first expired, first out, and never an expired one. Null when there is not enough.
 */
export function splitByExpiry(batches: readonly BatchStock[], quantity: number, today: Day): { id: string; quantity: number }[] | null {
  const usable = batches
    .filter((batch) => batch.quantity > 0 && !isExpired(batch.expiresOn, today))
    .sort((a, b) => a.expiresOn.localeCompare(b.expiresOn) || a.id.localeCompare(b.id));
  const taken: { id: string; quantity: number }[] = [];
  let missing = quantity;
  for (const batch of usable) {
    if (missing === 0) break;
    const part = Math.min(batch.quantity, missing);
    taken.push({ id: batch.id, quantity: part });
    missing -= part;
  }
  return missing === 0 ? taken : null;
}

export type StockMark = 'out' | 'low' | 'enough';

/** At the reorder level it is time to order. */
export function stockMark(onHand: number, reorderLevel: number): StockMark {
  if (onHand <= 0) return 'out';
  return onHand <= reorderLevel ? 'low' : 'enough';
}
