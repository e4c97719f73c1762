import { type Day, shiftDay } from '@/lib/time';

/** What became of a medicine on a day on which something moved. */
export type DayUse = {
  /** Pieces that went out, without what came back. */
  given: number;
  costMinor: number;
  /** Movements whose cost nobody knows. */
  unknown: number;
  /** On hand before the first movement of the day, and after the last one. */
  before: number;
  after: number;
  /** The most that was on hand at any moment of it. */
  most: number;
};

/** How it is stored: a month is read whole, and lists are a third of the documents that they stand for. */
export const toStored = ({ given, costMinor, unknown, before, after, most }: DayUse): number[] => [
  ...[given, costMinor, unknown, before, after, most],
];
export function fromStored(stored: readonly number[]): DayUse {
  const [given = 0, costMinor = 0, unknown = 0, before = 0, after = 0, most = 0] = stored;
  return { given, costMinor, unknown, before, after, most };
}

/**
 * On how many days of a stretch a medicine was there at any moment. Use is counted over these: what was out
 * could not be given, and would otherwise be ordered ever less.
 * @param moved the days of the stretch on which something moved
 */
export function daysWithStock(
  moved: ReadonlyMap<Day, Pick<DayUse, 'before' | 'after' | 'most'>>,
  { from, to, onHandNow }: { from: Day; to: Day; onHandNow: number },
): number {
  const [first] = [...moved.keys()].sort();
  let onHand = first === undefined ? onHandNow : (moved.get(first)?.before ?? onHandNow);
  let days = 0;
  for (let day = from; day <= to; day = shiftDay(day, 1)) {
    const one = moved.get(day);
    if (Math.max(onHand, one?.most ?? 0) > 0) days += 1;
    onHand = one?.after ?? onHand;
  }
  return days;
}
