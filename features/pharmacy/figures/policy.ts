import { piecesIn } from '../stores/policy';

type Lot = Parameters<typeof piecesIn>[0] & {
  quarantine?: number | null | undefined;
  transit?: number | null | undefined;
  valueMinor?: number | null | undefined;
};

export type PlaceValue = {
  /** A store's id, `quarantine` or `transit`. */
  place: string;
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
  const places = [...storeIds, 'quarantine', 'transit'];
  const sums = new Map<string, PlaceValue>(
    places.map((place) => [place, { place, lots: 0, pieces: 0, valueMinor: 0, unknown: 0 }]),
  );
  for (const lot of lots) {
    const parts = places
      .map((place) => ({
        place,
        pieces: place === 'quarantine' || place === 'transit' ? (lot[place] ?? 0) : piecesIn(lot, place),
      }))
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
  return places.flatMap((place) => {
    const sum = sums.get(place);
    const isStore = place !== 'quarantine' && place !== 'transit';
    return sum && (isStore || sum.pieces > 0) ? [sum] : [];
  });
}

const part = (valueMinor: number, pieces: number, all: number): number =>
  Number((BigInt(valueMinor) * BigInt(pieces)) / BigInt(all));
