import { type BatchStock, usableQuantity } from '@/features/pharmacy/medicines/policy';
import type { Day } from '@/lib/time';

export type LeastAndMost = { min: number; max: number };

/** How many a store needs, with what is on its way to it; 0 while it has more than the least. */
export const piecesNeeded = (
  { min, max }: LeastAndMost,
  { there, coming }: { there: number; coming: number },
): number => (there + coming <= min ? Math.max(max - there - coming, 0) : 0);

type Shelf = BatchStock & { storeId: string | null };
type Said = LeastAndMost & { storeId: string; version: number };

/** What each store shall have of a medicine, and has: what has expired or is held is counted apart. */
export const levelsByStore = (
  levels: readonly Said[],
  {
    stores,
    batches,
    today,
  }: { stores: readonly { id: string; name: string }[]; batches: readonly Shelf[]; today: Day },
) =>
  stores.map(({ id, name }) => {
    const level = levels.find(({ storeId }) => storeId === id);
    const inStore = batches.filter(({ storeId }) => storeId === id);
    const there = usableQuantity(inStore, today);
    return {
      ...{ storeId: id, storeName: name, there },
      unusable: inStore.reduce((sum, { quantity }) => sum + quantity, -there),
      ...{ min: level?.min ?? null, max: level?.max ?? null, version: level?.version ?? 0 },
    };
  });
export type StoreLevel = ReturnType<typeof levelsByStore>[number];
