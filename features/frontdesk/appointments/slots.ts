import {
  type ClockSpan,
  type DayPlan,
  offeredTimes,
  placesOf,
  USUAL_DAY,
} from '@/features/frontdesk/schedules/policy';
import { clockOf } from '@/lib/clock';
import { AppError } from '@/lib/errors';
import { type Day, dayOf, instantAt, shiftDay, timeOf } from '@/lib/time';

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

/** Wall-clock minutes of a day as an instant; the end of the day is the beginning of the next. */
const instantOf = (day: Day, minutes: number, timeZone: string): Date =>
  minutes >= 24 * 60
    ? instantAt(shiftDay(day, 1), '00:00', timeZone)
    : instantAt(day, clockOf(minutes), timeZone);

const toSlot = (day: Day, { from, to }: ClockSpan, timeZone: string): Slot => ({
  startsAt: instantOf(day, from, timeZone),
  endsAt: instantOf(day, to, timeZone),
});

/** How many of `busy` share a moment with a span. */
const countIn = (span: Slot, busy: readonly Slot[]): number =>
  busy.filter((taken) => overlaps(span, taken)).length;

type DayOf = { day: Day; timeZone: string };

/** The slots of a day that an appointment would touch, with what may be booked into each. */
function touched(plan: DayPlan, slot: Slot, { day, timeZone }: DayOf): (Slot & { places: number })[] {
  return plan.slots
    .map((from, index) => ({
      ...toSlot(day, { from, to: from + plan.slotMinutes }, timeZone),
      places: placesOf(plan, index),
    }))
    .filter((each) => overlaps(each, slot));
}

/** Whether all of an appointment lies in the hours of its doctor; without hours, whether nobody is away. */
function isInHours(plan: DayPlan, slot: Slot, { day, timeZone }: DayOf): boolean {
  if (!plan.isSet) return !isAway(plan, slot, { day, timeZone });
  return plan.open.some((span) => {
    const { startsAt, endsAt } = toSlot(day, span, timeZone);
    return startsAt <= slot.startsAt && slot.endsAt <= endsAt;
  });
}

/** Whether leave or a holiday takes a part of it. */
const isAway = (plan: DayPlan, slot: Slot, { day, timeZone }: DayOf): boolean =>
  plan.away.some((span) => overlaps(toSlot(day, span, timeZone), slot));

/** Whether others leave room, of all places of a slot: those kept for walk-ins count too. */
export function hasRoom(plan: DayPlan, slot: Slot, busy: readonly Slot[], of: DayOf): boolean {
  if (!plan.isSet) return countIn(slot, busy) === 0;
  return touched(plan, slot, of).every((each) => countIn(each, busy) < plan.capacity);
}

/** What stands against booking a time: the doctor is away or not working, it is taken, or between slots. */
export type SlotProblem = 'away' | 'closed' | 'taken' | 'full' | 'kept' | 'between';

/**
 * Why an appointment may not be booked like any other; null when it may. `taken` is the only one that no
 * right gets around: of a doctor without hours two never share a time.
 */
export function problemWith(plan: DayPlan, slot: Slot, busy: readonly Slot[], of: DayOf): SlotProblem | null {
  if (!plan.isSet && countIn(slot, busy) > 0) return 'taken';
  if (isAway(plan, slot, of)) return 'away';
  if (!plan.isSet) return null;
  if (!isInHours(plan, slot, of)) return 'closed';
  if (!hasRoom(plan, slot, busy, of)) return 'full';
  const cells = touched(plan, slot, of);
  if (!cells.every((each) => countIn(each, busy) < each.places)) return 'kept';
  return cells.some(({ startsAt }) => startsAt.getTime() === slot.startsAt.getTime()) ? null : 'between';
}

/** Wall-clock times of a day that begin after `now` and may be booked like any other. */
export function freeTimesIn(options: {
  day: Day;
  durationMinutes: number;
  busy: readonly Slot[];
  timeZone: string;
  now: Date;
  plan?: DayPlan;
}): string[] {
  const { day, durationMinutes, busy, timeZone, now, plan = USUAL_DAY } = options;
  return offeredTimes(plan, durationMinutes).filter((time) => {
    const startsAt = instantAt(day, time, timeZone);
    if (startsAt < now || timeOf(startsAt, timeZone) !== time) return false;
    const slot = { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * 60_000) };
    return problemWith(plan, slot, busy, { day, timeZone }) === null;
  });
}

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
  const kept = new Map<Day, Slot[]>();
  for (const one of appointments) {
    const of = { day: one.day, timeZone };
    const [earlier, later] = [before(one.day), after(one.day)];
    const others = kept.get(one.day) ?? [];
    const isOut = !isInHours(later, one, of);
    const isLost = one.isOverbooked
      ? isOut && (one.isStranded || isInHours(earlier, one, of) || isNewlyAway(earlier, later, one, of))
      : isOut || (later.isSet && mostAtOnce(one, others) >= later.capacity);
    if (isLost) stranded.add(one.id);
    else if (!one.isOverbooked) kept.set(one.day, [...others, one]);
  }
  return stranded;
}

/** How many of others are there at once during a span. */
const mostAtOnce = (span: Slot, others: readonly Slot[]): number =>
  Math.max(
    0,
    ...[span, ...others.filter((other) => overlaps(span, other))].map(({ startsAt }) => {
      const at = startsAt < span.startsAt ? span.startsAt : startsAt;
      return others.filter((other) => other.startsAt <= at && at < other.endsAt).length;
    }),
  );

const isNewlyAway = (earlier: DayPlan, later: DayPlan, slot: Slot, of: DayOf): boolean =>
  isAway(later, slot, of) && !isAway(earlier, slot, of);
