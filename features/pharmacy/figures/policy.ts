import { piecesIn, quarantinedIn } from '../stores/policy';

type Lot = Parameters<typeof piecesIn>[0] &
  Parameters<typeof quarantinedIn>[0] & {
    transit?: number | null | undefined;
    valueMinor?: number | null | undefined;
  };

export type PlaceValue = {
  /** A store, its quarantine, or `transit`. */
  place: string;
  kind: 'shelf' | 'quarantine' | 'transit';
  storeId: string | null;
  lots: number;
  pieces: number;
  valueMinor: number;
  /** Lots whose cost nobody knows: counted and not valued. */
  unknown: number;
};

/**
 * What stands in each place and what it has cost. A lot has one value: its pieces have a part each, rounded
 * so that the places together have all of it.
 */
export function valueByPlace(lots: readonly Lot[], storeIds: readonly string[]): PlaceValue[] {
  const places = [
    ...storeIds.map((storeId) => ({ place: storeId, kind: 'shelf' as const, storeId })),
    ...storeIds.map((storeId) => ({ place: `quarantine:${storeId}`, kind: 'quarantine' as const, storeId })),
    { place: 'transit', kind: 'transit' as const, storeId: null },
  ];
  const piecesAt = (lot: Lot, { kind, storeId }: (typeof places)[number]): number => {
    if (storeId === null) return lot.transit ?? 0;
    return kind === 'shelf' ? piecesIn(lot, storeId) : quarantinedIn(lot, storeId);
  };
  const sums = new Map<string, PlaceValue>(
    places.map((one) => [one.place, { ...one, lots: 0, pieces: 0, valueMinor: 0, unknown: 0 }]),
  );
  for (const lot of lots) {
    const parts = places
      .map((one) => ({ place: one.place, pieces: piecesAt(lot, one) }))
      .filter(({ pieces }) => pieces > 0);
    const all = parts.reduce((sum, { pieces }) => sum + pieces, 0);
    const { valueMinor } = lot;
    let before = 0;
    for (const { place, pieces } of parts) {
      const sum = sums.get(place);
      if (!sum) continue;
      sum.lots += 1;
      sum.pieces += pieces;
      if (typeof valueMinor === 'number')
        sum.valueMinor += part(valueMinor, before + pieces, all) - part(valueMinor, before, all);
      else sum.unknown += 1;
      before += pieces;
    }
  }
  // A store is there also with nothing in it.
  return [...sums.values()].filter(({ kind, pieces }) => kind === 'shelf' || pieces > 0);
}

const part = (valueMinor: number, pieces: number, all: number): number =>
  Number((BigInt(valueMinor) * BigInt(pieces)) / BigInt(all));
