/**
 * The store that is there from the beginning: what stands in no other stands in it. One id in every hospital,
 * so that lots and movements of before there were several need no change.
 */
export const FIRST_STORE_ID = '000000000000000000000001';
export const FIRST_STORE_NAME = 'Main store';

/** A hospital has a handful: more are departments, not stores. */
export const MOST_STORES = 30;

type InStores = {
  /** On the shelves of all stores. */
  quantity: number;
  /** What of it stands in other stores than the first. */
  elsewhere?: readonly { storeId: { toString(): string }; quantity: number }[] | null | undefined;
};

/** How many pieces of a lot stand in a store. */
export function piecesIn({ quantity, elsewhere }: InStores, storeId: string): number {
  const others = elsewhere ?? [];
  if (storeId === FIRST_STORE_ID) return others.reduce((left, one) => left - one.quantity, quantity);
  return others.find((one) => one.storeId.toString() === storeId)?.quantity ?? 0;
}

type Quarantined = {
  /** In all quarantines, each of which is part of a store. */
  quarantine?: number | null | undefined;
  quarantineElsewhere?: InStores['elsewhere'];
};
const asShelves = ({ quarantine, quarantineElsewhere }: Quarantined): InStores => ({
  ...{ quantity: quarantine ?? 0, elsewhere: quarantineElsewhere },
});

/** How many pieces of a lot a store has in quarantine. */
export const quarantinedIn = (lot: Quarantined, storeId: string): number => piecesIn(asShelves(lot), storeId);

/** The stores that hold some of a lot in quarantine, the first before the others. */
export const quarantinesOf = (lot: Quarantined): { storeId: string; quantity: number }[] =>
  storesOf(asShelves(lot));

/** The stores that hold some of a lot, the first before the others. */
export const storesOf = (lot: InStores): { storeId: string; quantity: number }[] =>
  [FIRST_STORE_ID, ...(lot.elsewhere ?? []).map(({ storeId }) => storeId.toString())]
    .map((storeId) => ({ storeId, quantity: piecesIn(lot, storeId) }))
    .filter(({ quantity }) => quantity > 0);
