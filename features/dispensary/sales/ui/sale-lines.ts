import { splitByExpiry } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { readPieces } from '@/lib/pieces';
import type { Day } from '@/lib/time';
import { withinMrp } from '../../dispenses/policy';
import type { SaleShelf } from '../queries';

export type SaleLine = {
  medicineId: string;
  name: string;
  quantity: string;
  /** The lot that was scanned. */
  batchId: string | null;
  /** Not there yet while the counter is asked. */
  shelf: SaleShelf | null;
};

/** A lot as the shelf has it. */
type ShelfLot = SaleShelf['lots'][number];

/** What is on the shelf of a medicine. @throws Error when the server does not answer. */
export async function readShelf(medicineId: string, storeId: string): Promise<SaleShelf> {
  const answer = await fetch(paths.shelf(medicineId, storeId));
  if (!answer.ok) throw new Error('The shelf did not answer');
  return (await answer.json()).shelf;
}

/** Which lots a line takes, what a piece costs, and why it cannot be sold; as the server will decide it. */
export function lineFacts({ name, quantity, batchId, shelf }: SaleLine, today: Day) {
  const pieces = readPieces(quantity) ?? 0;
  const nothing = { pieces, unitMinor: 0, lots: [] as (ShelfLot & { taken: number })[] };
  if (!shelf) return { ...nothing, problem: null };
  if (shelf.stopReason) return { ...nothing, problem: `${name} is not sold: ${shelf.stopReason}` };
  const there = batchId ? shelf.lots.filter(({ id }) => id === batchId) : shelf.lots;
  const split = splitByExpiry(there, pieces, today);
  if (!split) {
    const usable = there.reduce((sum, lot) => sum + lot.quantity, 0);
    const others = shelf.inOtherStores > 0 ? `; ${shelf.inOtherStores} in other stores` : '';
    const of = batchId ? ' of this lot' : '';
    return {
      ...nothing,
      problem: `${usable === 0 ? 'Nothing' : `Only ${usable}`} on the shelf${of}${others}`,
    };
  }
  const lots = split.flatMap(({ id, quantity: taken }) => {
    const lot = there.find((one) => one.id === id);
    return lot ? [{ ...lot, taken }] : [];
  });
  const unitMinor = withinMrp(shelf.unitMinor, lots);
  if (unitMinor === null) return { ...nothing, lots, problem: 'No price: set one among the medicines first' };
  return { pieces, unitMinor, lots, problem: pieces === 0 ? 'Enter how many' : null };
}
