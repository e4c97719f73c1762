import { no, type Verdict, YES } from '@/lib/verdict';
/** Rules about one appointment. Pure: the pages use them too. */
export const APPOINTMENT_STATUSES = ['booked', 'checked-in', 'completed', 'cancelled', 'no-show'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export const STATUS_LABEL: Record<AppointmentStatus, string> = {
  booked: 'Booked',
  'checked-in': 'Checked in',
  completed: 'Completed',
  cancelled: 'Cancelled',
  'no-show': 'No-show',
};

/** These take the doctor's time; a cancelled or missed appointment gives it back. */
export const OCCUPYING_STATUSES = [
  'booked',
  'checked-in',
  'completed',
] as const satisfies readonly AppointmentStatus[];

export const DURATIONS_MINUTES = [10, 15, 20, 30, 45, 60] as const;
export const DEFAULT_DURATION_MINUTES = 15;
export const LONGEST_DURATION_MINUTES = 60;

/** Free times are offered within these; booking outside them is allowed. */
export const WORKING_HOURS = { start: '09:00', end: '17:00' } as const;

/** A form takes a while to fill: a time that began this recently may still be booked. */
export const PAST_GRACE_MINUTES = 5;

const NEXT: Record<AppointmentStatus, readonly AppointmentStatus[]> = {
  booked: ['checked-in', 'cancelled', 'no-show'],
  'checked-in': ['completed'],
  // The patient came after all, or it was a slip of the hand.
  'no-show': ['booked', 'checked-in'],
  completed: [],
  cancelled: [],
};

export const canBecome = (from: AppointmentStatus, to: AppointmentStatus): boolean => NEXT[from].includes(to);

/** The states from which `to` may be reached, for a conditional write. */
export const statusesBefore = (to: AppointmentStatus): AppointmentStatus[] =>
  APPOINTMENT_STATUSES.filter((from) => canBecome(from, to));

type Facts = { status: AppointmentStatus; day: string; startsAt: string | Date };

const SETTLED: Record<Exclude<AppointmentStatus, 'booked'>, string> = {
  'checked-in': 'The patient has already checked in.',
  completed: 'This appointment is completed.',
  cancelled: 'This appointment was cancelled.',
  'no-show': 'This appointment is marked as no-show.',
};

/** Only what is still booked can be moved; the move keeps the appointment and its status. */
export function canMove({ status }: Pick<Facts, 'status'>): Verdict {
  return status === 'booked' ? YES : no(SETTLED[status]);
}

export function canCancel({ status }: Pick<Facts, 'status'>): Verdict {
  return status === 'booked' ? YES : no(SETTLED[status]);
}

/** `today` is the day in the organization's time zone. */
export function canCheckIn({ status, day }: Pick<Facts, 'status' | 'day'>, today: string): Verdict {
  if (status !== 'booked' && status !== 'no-show') return no(SETTLED[status]);
  return day === today ? YES : no('This appointment is on another day. Move it to today first.');
}

export function canMarkNoShow({ status, startsAt }: Pick<Facts, 'status' | 'startsAt'>, now: Date): Verdict {
  if (status !== 'booked') return no(SETTLED[status]);
  return new Date(startsAt) <= now ? YES : no('The appointment has not begun yet.');
}

export function canUndoNoShow({ status }: Pick<Facts, 'status'>): Verdict {
  return status === 'no-show' ? YES : no('This appointment is not marked as no-show.');
}

/** Minutes since midnight of a wall-clock time `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A time as people type it, on the clock of 24 hours: "9:30", "930", "9.30", "2:30 pm"; else null. */
export function readTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.\s]?([0-5]\d))?\s*([ap])?\.?(?:m\.?)?$/i.exec(typed.trim());
  if (!found) return null;
  const [, hour = '', minutes = '00', half = ''] = found;
  const isOfTwelve = half !== '';
  if (isOfTwelve && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const hours = isOfTwelve ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return hours > 23 ? null : `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** `HH:MM` of minutes since midnight. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Wall-clock times that are offered for a length: every quarter of an hour, or closer for shorter ones. */
export function offeredTimes(durationMinutes: number): string[] {
  const step = Math.min(DEFAULT_DURATION_MINUTES, durationMinutes);
  const end = minutesOf(WORKING_HOURS.end);
  const times: string[] = [];
  for (let at = minutesOf(WORKING_HOURS.start); at + durationMinutes <= end; at += step)
    times.push(clockOf(at));
  return times;
}

export type Lane<T> = { item: T; lane: number; lanes: number };

/**
 * Places what overlaps side by side: `lane` of `lanes`, as few as fit. `items` come in order of their start.
 */
export function layLanes<T extends { from: number; to: number }>(items: readonly T[]): Lane<T>[] {
  const placed: Lane<T>[] = [];
  let cluster: Lane<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const entry of cluster) entry.lanes = ends.length;
    cluster = [];
    ends = [];
  };
  for (const item of items) {
    if (ends.every((end) => end <= item.from)) close();
    const free = ends.findIndex((end) => end <= item.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.to;
    const entry = { item, lane, lanes: 1 };
    cluster.push(entry);
    placed.push(entry);
  }
  close();
  return placed;
}
