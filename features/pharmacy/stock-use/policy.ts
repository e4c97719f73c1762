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

/** What moved of a medicine on a day, or on a part of it. */
export type LedgerDay = DayUse & {
  medicineId: string;
  day: Day;
  /** When something was given out the last time on it. */
  lastAt: Date | null;
};

/** What moved since the months end, up to a moment: the ledger is read from there on alone. */
export type DayPart = {
  fromDay: Day;
  until: Date;
  rows: (readonly [string, Day, Date | null, ...number[]])[];
};

export const toPart = (fromDay: Day, until: Date, days: readonly LedgerDay[]): DayPart => ({
  ...{ fromDay, until },
  rows: days.map((one) => [one.medicineId, one.day, one.lastAt, ...toStored(one)] as const),
});
export const daysOfPart = ({ rows }: DayPart): LedgerDay[] =>
  rows.map(([medicineId, day, lastAt, ...stored]) => ({ medicineId, day, lastAt, ...fromStored(stored) }));

export const later = (a: Date | null, b: Date | null | undefined): Date | null =>
  !a || (b && b > a) ? (b ?? a) : a;

/** Parts of days put together, each medicine and day once; what comes first in the list came first. */
export function joinDays(parts: readonly LedgerDay[]): LedgerDay[] {
  const joined = new Map<string, LedgerDay>();
  for (const part of parts) {
    const key = `${part.day}:${part.medicineId}`;
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            ...part,
            given: known.given + part.given,
            costMinor: known.costMinor + part.costMinor,
            unknown: known.unknown + part.unknown,
            before: known.before,
            most: Math.max(known.most, part.most),
            lastAt: later(known.lastAt, part.lastAt),
          }
        : part,
    );
  }
  return [...joined.values()];
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
