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

/** Days that follow each other, of one medicine: what went out, and on how many of them it was there. */
export type StockSpan = {
  from: Day;
  to: Day;
  given: number;
  /** On hand as the first of them began, and as the last of them ended. */
  before: number;
  after: number;
  daysThere: number;
};

/** A day on which something moved. */
export const spanOf = (day: Day, { given, before, after, most }: DayUse): StockSpan => ({
  ...{ from: day, to: day, given, before, after, daysThere: most > 0 ? 1 : 0 },
});

const daysFrom = (first: Day, after: Day): number =>
  Math.round((Date.parse(after) - Date.parse(first)) / 86_400_000);

/**
 * What became of a medicine in a stretch of days. Use is counted over the days on which it was there at any
 * moment: what was out could not be given, and would otherwise be ordered ever less.
 * @param spans in the order of their days, without those on which nothing moved
 */
export function stretchOf(
  spans: readonly StockSpan[],
  { from, to, onHandNow }: { from: Day; to: Day; onHandNow: number },
): Pick<StockSpan, 'given' | 'daysThere'> {
  let onHand = spans[0]?.before ?? onHandNow;
  let next = from;
  const sum = { given: 0, daysThere: 0 };
  for (const span of spans) {
    if (onHand > 0) sum.daysThere += daysFrom(next, span.from);
    sum.given += span.given;
    sum.daysThere += span.daysThere;
    onHand = span.after;
    next = shiftDay(span.to, 1);
  }
  if (onHand > 0) sum.daysThere += daysFrom(next, shiftDay(to, 1));
  return sum;
}

/** Spans one after the other as one; null for none. They end with the last day on which something moved. */
export function joinSpans(
  spans: readonly StockSpan[],
  { from, to }: { from: Day; to: Day },
): StockSpan | null {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return null;
  const whole = stretchOf(spans, { from, to, onHandNow: 0 });
  return { from, to, ...whole, before: first.before, after: last.after };
}
