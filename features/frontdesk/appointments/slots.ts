import {
  type ClockSpan,
  type DayPlan,
  offeredTimes,
  placesOf,
  USUAL_DAY,
} from '@/features/frontdesk/schedules/policy';
import { minutesOf } from '@/lib/clock';
import { AppError } from '@/lib/errors';
import { type Day, dayOf, timeOf } from '@/lib/time';
import { type DayClock, dayClock, instantAt } from '@/lib/wall-clock';

export type Slot = { startsAt: Date; endsAt: Date };

/** True when two half-open spans share a moment. */
export const overlaps = (a: Slot, b: Slot): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/**
 * The instants of an appointment that begins at a wall-clock time of a day.
 * @throws AppError INVALID_INPUT for a time that the clocks skip, and for one that would end on another day.
 */
export function slotAt(day: Day, time: string, durationMinutes: number, timeZone: string): Slot {
  const startsAt = instantAt(day, time, timeZone);
  if (timeOf(startsAt, timeZone) !== time || dayOf(startsAt, timeZone) !== day) {
    throw new AppError(
      'INVALID_INPUT',
      `The clocks change on that day and ${time} does not exist. Choose another time.`,
      {
        field: 'time',
      },
    );
  }
  const endsAt = new Date(startsAt.getTime() + durationMinutes * 60_000);
  if (dayOf(new Date(endsAt.getTime() - 1), timeZone) !== day) {
    throw new AppError('INVALID_INPUT', 'The appointment would end after midnight. Choose an earlier time.', {
      field: 'time',
    });
  }
  return { startsAt, endsAt };
}

type Span = { from: number; to: number };
type Cell = Span & { places: number };
type DayOf = { day: Day; timeZone: string };

const spanOf = ({ startsAt, endsAt }: Slot): Span => ({ from: startsAt.getTime(), to: endsAt.getTime() });
const meets = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/**
 * A doctor's day as instants, worked out once: what is asked of it then costs what it touches, and no time
 * zone is asked again.
 */
export class DayFrame {
  readonly clock: DayClock;
  /** In order, both of where they begin and of where they end; what the clocks skip is none. */
  readonly cells: readonly Cell[];
  readonly #open: readonly Span[];
  readonly #away: readonly Span[];

  constructor(
    readonly plan: DayPlan,
    { day, timeZone }: DayOf,
  ) {
    const clock = dayClock(day, timeZone);
    const toSpan = ({ from, to }: ClockSpan): Span => ({ from: clock.at(from), to: clock.at(to) });
    this.clock = clock;
    this.#open = plan.open.map(toSpan);
    this.#away = plan.away.map(toSpan);
    this.cells = plan.slots.flatMap((from, index) =>
      clock.has(from)
        ? [{ ...toSpan({ from, to: from + plan.slotMinutes }), places: placesOf(plan, index) }]
        : [],
    );
  }

  /** The places in the row of cells, from and before, that a span touches. */
  touched(span: Span): [number, number] {
    let [low, high] = [0, this.cells.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cells[middle]?.to ?? 0) <= span.from) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while ((this.cells[end]?.from ?? span.to) < span.to) end += 1;
    return [low, end];
  }

  /** Whether leave or a holiday takes a part of it. */
  isAway(span: Span): boolean {
    return this.#away.some((away) => meets(away, span));
  }

  /** Whether all of it lies in the hours of the doctor; without hours, whether nobody is away. */
  isInHours(span: Span): boolean {
    if (!this.plan.isSet) return !this.isAway(span);
    return this.#open.some(({ from, to }) => from <= span.from && span.to <= to);
  }
}

/** What is booked on a doctor's day, counted once into the cells that it touches. */
export class Bookings {
  readonly #counts: number[];
  readonly #spans: Span[] = [];
  #isSorted = true;
  #longest = 0;

  constructor(
    readonly frame: DayFrame,
    busy: readonly Slot[] = [],
  ) {
    this.#counts = frame.cells.map(() => 0);
    for (const slot of busy) this.add(slot);
  }

  add(slot: Slot): void {
    const span = spanOf(slot);
    this.#isSorted &&= span.from >= (this.#spans.at(-1)?.from ?? span.from);
    this.#longest = Math.max(this.#longest, span.to - span.from);
    this.#spans.push(span);
    const [first, end] = this.frame.touched(span);
    for (let at = first; at < end; at++) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** Whether somebody is there at a moment of it. */
  isTaken(span: Span): boolean {
    if (!this.#isSorted) this.#spans.sort((a, b) => a.from - b.from);
    this.#isSorted = true;
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.from ?? 0) <= span.from - this.#longest) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.#spans.length; at++) {
      const other = this.#spans[at];
      if (!other || other.from >= span.to) return false;
      if (meets(other, span)) return true;
    }
    return false;
  }

  /** Whether each cell of a span has fewer than `most` says. */
  #fits(span: Span, most: (cell: Cell) => number): boolean {
    const [first, end] = this.frame.touched(span);
    return this.frame.cells
      .slice(first, end)
      .every((cell, at) => (this.#counts[first + at] ?? 0) < most(cell));
  }

  /** Whether others leave room, of all places of a slot: those kept for walk-ins count too. */
  hasRoom(span: Span): boolean {
    const { plan } = this.frame;
    return plan.isSet ? this.#fits(span, () => plan.capacity) : !this.isTaken(span);
  }

  /** See `problemWith`. */
  problemAt(span: Span): SlotProblem | null {
    const { frame } = this;
    const { isSet } = frame.plan;
    if (!isSet && this.isTaken(span)) return 'taken';
    if (frame.isAway(span)) return 'away';
    if (!isSet) return null;
    if (!frame.isInHours(span)) return 'closed';
    if (!this.hasRoom(span)) return 'full';
    if (!this.#fits(span, ({ places }) => places)) return 'kept';
    const [first] = frame.touched(span);
    return frame.cells[first]?.from === span.from ? null : 'between';
  }
}

/** Whether others leave room for it on its day. */
export const hasRoom = (plan: DayPlan, slot: Slot, busy: readonly Slot[], of: DayOf): boolean =>
  new Bookings(new DayFrame(plan, of), busy).hasRoom(spanOf(slot));

/** What stands against booking a time: the doctor is away or not working, it is taken, or between slots. */
export type SlotProblem = 'away' | 'closed' | 'taken' | 'full' | 'kept' | 'between';

/**
 * Why an appointment may not be booked like any other; null when it may. `taken` is the only one that no
 * right gets around: of a doctor without hours two never share a time.
 */
export const problemWith = (
  plan: DayPlan,
  slot: Slot,
  busy: readonly Slot[],
  of: DayOf,
): SlotProblem | null => new Bookings(new DayFrame(plan, of), busy).problemAt(spanOf(slot));

/** Wall-clock times of a day that begin after `now` and may be booked like any other. */
export function freeTimesOf(bookings: Bookings, durationMinutes: number, now: Date): string[] {
  const { clock, plan } = bookings.frame;
  return offeredTimes(plan, durationMinutes).filter((time) => {
    const minutes = minutesOf(time);
    const from = clock.at(minutes);
    if (from < now.getTime() || !clock.has(minutes)) return false;
    return bookings.problemAt({ from, to: from + durationMinutes * 60_000 }) === null;
  });
}

/** The same, of a day that is asked once. */
export const freeTimesIn = ({
  day,
  durationMinutes,
  busy,
  timeZone,
  now,
  plan = USUAL_DAY,
}: {
  day: Day;
  durationMinutes: number;
  busy: readonly Slot[];
  timeZone: string;
  now: Date;
  plan?: DayPlan;
}): string[] => freeTimesOf(new Bookings(new DayFrame(plan, { day, timeZone }), busy), durationMinutes, now);

/** One that was booked, with what is needed to say whether its doctor still sees it. */
export type PlacedAppointment = Slot & { id: string; day: Day; isOverbooked: boolean; isStranded: boolean };

/**
 * Which of a doctor's appointments, in the order in which they were booked, no longer fit a plan. One that
 * was put outside of the plan on purpose is stranded by what is new in it alone.
 */
export function strandedIn(
  appointments: readonly PlacedAppointment[],
  {
    before,
    after,
    timeZone,
  }: { before: (day: Day) => DayPlan; after: (day: Day) => DayPlan; timeZone: string },
): Set<string> {
  const stranded = new Set<string>();
  const days = new Map<Day, { earlier: DayFrame; later: DayFrame; kept: Span[] }>();
  const frames = (day: Day) => {
    const known = days.get(day);
    if (known) return known;
    const of = { day, timeZone };
    const fresh = { earlier: new DayFrame(before(day), of), later: new DayFrame(after(day), of), kept: [] };
    days.set(day, fresh);
    return fresh;
  };
  for (const one of appointments) {
    const { earlier, later, kept } = frames(one.day);
    const span = spanOf(one);
    const isOut = !later.isInHours(span);
    const isLost = one.isOverbooked
      ? isOut && (one.isStranded || earlier.isInHours(span) || (later.isAway(span) && !earlier.isAway(span)))
      : isOut || (later.plan.isSet && mostAtOnce(span, kept) >= later.plan.capacity);
    if (isLost) stranded.add(one.id);
    else if (!one.isOverbooked) kept.push(span);
  }
  return stranded;
}

/** How many of others are there at once during a span. */
function mostAtOnce(span: Span, others: readonly Span[]): number {
  const near = others.filter((other) => meets(span, other));
  const moments = [span.from, ...near.map(({ from }) => Math.max(from, span.from))];
  return Math.max(0, ...moments.map((at) => near.filter(({ from, to }) => from <= at && at < to).length));
}
