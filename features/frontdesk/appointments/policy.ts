import { awayText, type DayPlan, without } from '@/features/frontdesk/schedules/policy';
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

const WHOLE_DAY = [{ from: 0, to: 24 * 60 }];

/** What the board shows of a doctor's plan; without hours nothing is closed but leave. */
export function timesOf(plan: DayPlan) {
  return {
    note: awayText(plan),
    closed: plan.isSet ? without(WHOLE_DAY, plan.open) : plan.away.map(({ from, to }) => ({ from, to })),
    hours: plan.isSet ? plan.open.map(({ from, to }) => ({ from, to })) : [],
    slots: [...plan.slots],
  };
}
