import { clockOf, minutesOf, readTime } from '@/lib/clock';

// When a doctor is there. Pure: the pages use it too. Times are of the wall clock of the organization.

export const DURATIONS_MINUTES = [10, 15, 20, 30, 45, 60] as const;
export const DEFAULT_DURATION_MINUTES = 15;
export const LONGEST_DURATION_MINUTES = 60;

/** Of a doctor for whom nobody has set hours: free times are offered within these. */
export const WORKING_HOURS = { start: '09:00', end: '17:00' } as const;

/** As ISO 8601 counts them. */
export const WEEKDAYS = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
} as const;
export type Weekday = keyof typeof WEEKDAYS;
export const WEEKDAY_NUMBERS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[];

const weekdayOf = (day: string): Weekday =>
  (((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1) as Weekday;

/** Of one doctor, past ones included; a bookkeeping of years. */
export const MOST_WEEKS = 200;
/** Of all doctors, holidays included, that have not ended. */
export const MOST_ABSENCES = 5_000;

/** In place of a doctor: a holiday is of all. */
export const EVERYBODY = 'all';

/** Minutes since midnight, half-open. */
export type ClockSpan = { from: number; to: number };

/** A doctor's week from a day on. */
export type WeeklyHours = {
  fromDay: string;
  hours: readonly { weekday: number; from: string; to: string }[];
  /** On every day that has hours. */
  breaks: readonly { from: string; to: string }[];
  slotMinutes: number;
  /** How many patients may be booked into one slot. */
  capacity: number;
  /** Of all places, how many are kept for those who come without an appointment. */
  walkInPercent: number;
};

/** When somebody is not there: a doctor's leave, or a holiday of all. */
export type TimeAway = {
  fromDay: string;
  toDay: string;
  /** Of single days a part; both or neither. */
  from?: string | null | undefined;
  to?: string | null | undefined;
  isHoliday: boolean;
  reason: string;
};

/** What a doctor does on one day. */
export type DayPlan = {
  /** false where nobody has set hours: then any time that is not taken may be booked. */
  isSet: boolean;
  /** When patients are seen, in order. */
  open: readonly ClockSpan[];
  /** Leave and holidays of the day. */
  away: readonly (ClockSpan & { isHoliday: boolean; reason: string })[];
  /** Where slots begin. */
  slots: readonly number[];
  slotMinutes: number;
  capacity: number;
  walkInPercent: number;
};

const WHOLE_DAY = { from: 0, to: 24 * 60 } as const;

const touches = (a: ClockSpan, b: ClockSpan): boolean => a.from < b.to && b.from < a.to;

/** What is left of spans when others are taken out. */
export function without(spans: readonly ClockSpan[], taken: readonly ClockSpan[]): ClockSpan[] {
  let left = [...spans];
  for (const hole of taken)
    left = left.flatMap((span) =>
      touches(span, hole)
        ? [
            { from: span.from, to: Math.max(span.from, hole.from) },
            { from: Math.min(span.to, hole.to), to: span.to },
          ].filter(({ from, to }) => from < to)
        : [span],
    );
  return left.sort((a, b) => a.from - b.from);
}

const toSpan = ({ from, to }: { from: string; to: string }): ClockSpan => ({
  from: minutesOf(from),
  // Midnight at the end of a day.
  to: to === '00:00' ? WHOLE_DAY.to : minutesOf(to),
});

const isOn = (day: string, { fromDay, toDay }: TimeAway): boolean => fromDay <= day && day <= toDay;

/** The week that holds on a day; absent before the first one and where there is none. */
export const weekOn = <W extends Pick<WeeklyHours, 'fromDay'>>(
  day: string,
  weeks: readonly W[],
): W | undefined =>
  weeks.reduce<W | undefined>(
    (best, week) => (week.fromDay <= day && (!best || week.fromDay > best.fromDay) ? week : best),
    undefined,
  );

/** A doctor's day, of the weeks that were set and of all that keeps the doctor away. */
export function planOn(day: string, weeks: readonly WeeklyHours[], absences: readonly TimeAway[]): DayPlan {
  const week = weekOn(day, weeks);
  const away = absences
    .filter((each) => isOn(day, each))
    .map(({ from, to, isHoliday, reason }) => ({
      ...(from && to ? toSpan({ from, to }) : WHOLE_DAY),
      isHoliday,
      reason,
    }));
  if (!week) {
    const usual = { from: minutesOf(WORKING_HOURS.start), to: minutesOf(WORKING_HOURS.end) };
    return {
      isSet: false,
      open: without([usual], away),
      away,
      slots: [],
      slotMinutes: DEFAULT_DURATION_MINUTES,
      capacity: 1,
      walkInPercent: 0,
    };
  }
  const { slotMinutes, capacity, walkInPercent } = week;
  const worked = without(
    week.hours.filter(({ weekday }) => weekday === weekdayOf(day)).map(toSpan),
    week.breaks.map(toSpan),
  );
  const open = without(worked, away);
  // Counted from where work begins, so that an hour of leave does not shift the rest of the day.
  const slots = worked.flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / slotMinutes) }, (_, index) => from + index * slotMinutes),
  );
  return {
    isSet: true,
    open,
    away,
    slots: slots.filter((at) => isWithin(open, { from: at, to: at + slotMinutes })),
    slotMinutes,
    capacity,
    walkInPercent,
  };
}

const isWithin = (spans: readonly ClockSpan[], { from, to }: ClockSpan): boolean =>
  spans.some((span) => span.from <= from && to <= span.to);

/** How many of a slot's places may be booked; those kept for walk-ins are spread evenly over the day. */
export function placesOf(
  { capacity, walkInPercent }: Pick<DayPlan, 'capacity' | 'walkInPercent'>,
  slot: number,
): number {
  const kept = (slots: number) => Math.floor((slots * capacity * walkInPercent) / 100);
  return capacity - (kept(slot + 1) - kept(slot));
}

/** How many patients may be booked on the day; without hours, how many times are offered. */
export const placesOn = (plan: DayPlan): number =>
  plan.isSet
    ? plan.slots.reduce((sum, _, index) => sum + placesOf(plan, index), 0)
    : offeredTimes(plan, DEFAULT_DURATION_MINUTES).length;

/** How long the doctor sees patients. */
export const openMinutes = ({ open }: Pick<DayPlan, 'open'>): number =>
  open.reduce((sum, { from, to }) => sum + to - from, 0);

/** Wall-clock times that are offered for a length, taken or not. */
export function offeredTimes(plan: DayPlan, durationMinutes: number): string[] {
  if (plan.isSet)
    return plan.slots
      .filter((at) => isWithin(plan.open, { from: at, to: at + durationMinutes }))
      .map((at) => clockOf(at));
  const step = Math.min(DEFAULT_DURATION_MINUTES, durationMinutes);
  const end = minutesOf(WORKING_HOURS.end);
  const times: string[] = [];
  for (let at = minutesOf(WORKING_HOURS.start); at + durationMinutes <= end; at += step)
    if (isWithin(plan.open, { from: at, to: at + durationMinutes })) times.push(clockOf(at));
  return times;
}

/** Of a doctor who has hours, and none here. */
export const NOT_HERE: WeeklyHours = {
  ...{ fromDay: '0000-01-01', hours: [], breaks: [] },
  ...{ slotMinutes: DEFAULT_DURATION_MINUTES, capacity: 1, walkInPercent: 0 },
};

type Place = { branchId: string };

/** Whether two weeks of one doctor ask for the same hour at two places. */
export const clashOf = (
  week: Pick<WeeklyHours, 'hours'>,
  other: Pick<WeeklyHours, 'hours'>,
): { weekday: Weekday; from: string; to: string } | null => {
  for (const mine of week.hours)
    for (const { weekday, from, to } of other.hours)
      if (weekday === mine.weekday && touches(toSpan(mine), toSpan({ from, to })))
        return { weekday: weekday as Weekday, from, to };
  return null;
};

/** What holds at other branches together with a week, from its first day on. */
export function weeksBeside<W extends WeeklyHours & Place>(
  week: Pick<W, 'fromDay' | 'branchId'>,
  all: readonly W[],
): W[] {
  const others = all.filter(({ branchId }) => branchId !== week.branchId);
  const places = [...new Set(others.map(({ branchId }) => branchId))];
  return places.flatMap((place) => {
    const there = others.filter(({ branchId }) => branchId === place);
    const now = weekOn(week.fromDay, there);
    return [...(now ? [now] : []), ...there.filter(({ fromDay }) => fromDay > week.fromDay)];
  });
}

/** Of a doctor without hours and without leave. */
export const USUAL_DAY: DayPlan = planOn('2000-01-03', [], []);

const spanText = ({ from, to }: ClockSpan): string => `${clockOf(from)}–${clockOf(to % (24 * 60))}`;

/** Why a doctor sees nobody on a day, or not all of it, in a few words; empty where nothing is to be said. */
export function awayText(plan: DayPlan): string {
  const whole = plan.away.find(({ from, to }) => from === WHOLE_DAY.from && to === WHOLE_DAY.to);
  if (whole) return whole.isHoliday ? `Holiday: ${whole.reason}` : 'On leave';
  if (plan.isSet && plan.open.length === 0) return plan.away.length > 0 ? 'Away' : 'Not working';
  return plan.away.map((span) => `Away ${spanText(span)}`).join(', ');
}

/** Hours as people type them: "9-13, 14:30-18"; null for anything that cannot be read or overlaps. */
export function readSpans(typed: string): { from: string; to: string }[] | null {
  const parts = typed
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const spans: { from: string; to: string }[] = [];
  for (const part of parts) {
    const [first, second, ...rest] = part.split(/\s*(?:-|–|—|\bto\b)\s*/i);
    const from = readTime(first ?? '');
    const to = /^24(?::?00)?$/.test(second ?? '') ? '00:00' : readTime(second ?? '');
    if (rest.length > 0 || !from || !to) return null;
    spans.push({ from, to });
  }
  spans.sort((a, b) => minutesOf(a.from) - minutesOf(b.from));
  const isRight = spans.every((span, index) => {
    const { from, to } = toSpan(span);
    const next = spans[index + 1];
    return from < to && (!next || to <= minutesOf(next.from));
  });
  return isRight ? spans : null;
}

export const spansText = (spans: readonly { from: string; to: string }[]): string =>
  spans.map(({ from, to }) => `${from}-${to === '00:00' ? '24:00' : to}`).join(', ');

const SHORT: Record<Weekday, string> = {
  ...{ 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
};

/** The hours of one day of a week, as they are typed. */
export const hoursOn = ({ hours }: Pick<WeeklyHours, 'hours'>, weekday: Weekday): string =>
  spansText(hours.filter((each) => each.weekday === weekday));

/** "Mon to Fri 09:00-13:00, 14:00-17:00; Sat 09:00-13:00": days alike stand together. */
export function weekText(week: Pick<WeeklyHours, 'hours'>): string {
  const groups: { first: Weekday; last: Weekday; text: string }[] = [];
  for (const weekday of WEEKDAY_NUMBERS) {
    const text = hoursOn(week, weekday);
    const last = groups.at(-1);
    if (last && last.text === text) last.last = weekday;
    else groups.push({ first: weekday, last: weekday, text });
  }
  const worked = groups.filter(({ text }) => text);
  if (worked.length === 0) return 'Sees nobody';
  return worked
    .map(({ first, last, text }) =>
      first === last ? `${SHORT[first]} ${text}` : `${SHORT[first]} to ${SHORT[last]} ${text}`,
    )
    .join('; ');
}
