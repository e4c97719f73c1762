import type { StaffRole } from '@/lib/master/vocabulary';

/** Rules about one visit and its steps. Pure: the pages use them too. */
export const STATIONS = ['reception', 'optometry', 'dilation', 'doctor', 'pharmacy'] as const;
export type Station = (typeof STATIONS)[number];

export const STATION_LABEL: Record<Station, string> = {
  reception: 'Reception',
  optometry: 'Optometry',
  dilation: 'Dilation',
  doctor: 'Doctor',
  pharmacy: 'Pharmacy',
};

/** Where each role works; the others look after all stations. */
const OWN_STATION: Partial<Record<StaffRole, Station>> = {
  optometrist: 'optometry',
  doctor: 'doctor',
  pharmacist: 'pharmacy',
};

/** The station whose queue somebody sees first; null for who looks after all of them. */
export const ownStation = (role: StaffRole): Station | null => OWN_STATION[role] ?? null;

/** For who has no doctor of their own yet. */
export const ANY_DOCTOR = 'any';

/** Those of one doctor, those of nobody in particular, or with `undefined` all. */
export const ofDoctor = <T extends { doctorId: string | null }>(
  entries: readonly T[],
  doctor: string | undefined,
): T[] =>
  entries.filter(
    ({ doctorId }) =>
      doctor === undefined || (doctor === ANY_DOCTOR ? doctorId === null : doctorId === doctor),
  );

export const STEP_STATUSES = ['waiting', 'called', 'in-progress', 'done', 'skipped'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export const STEP_LABEL: Record<StepStatus, string> = {
  waiting: 'Waiting',
  called: 'Called',
  'in-progress': 'In progress',
  done: 'Done',
  skipped: 'Skipped',
};

/** A visit has exactly one open step while it lasts. */
export const OPEN_STATUSES = ['waiting', 'called', 'in-progress'] as const satisfies readonly StepStatus[];

export const isOpen = (status: StepStatus): boolean => OPEN_STATUSES.some((open) => open === status);

export const VISIT_STATUSES = ['in-progress', 'finished', 'cancelled'] as const;
export type VisitStatus = (typeof VISIT_STATUSES)[number];

export const VISIT_LABEL: Record<VisitStatus, string> = {
  'in-progress': 'In progress',
  finished: 'Finished',
  cancelled: 'Left',
};

export const PRIORITIES = ['normal', 'urgent', 'emergency'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const PRIORITY_LABEL: Record<Priority, string> = {
  normal: 'Normal',
  urgent: 'Urgent',
  emergency: 'Emergency',
};

/** Smaller comes first. Stored with the step, so that an index gives the order. */
export const PRIORITY_RANK: Record<Priority, number> = { emergency: 0, urgent: 1, normal: 2 };

/** Where a step leads when nobody says otherwise; null ends the visit. */
const NEXT_STATION: Record<Station, Station | null> = {
  reception: 'optometry',
  optometry: 'doctor',
  dilation: 'doctor',
  doctor: 'pharmacy',
  pharmacy: null,
};

export const nextStation = (from: Station): Station | null => NEXT_STATION[from];

export const MOVES = ['call', 'start', 'complete', 'send', 'requeue', 'undo'] as const;
export type Move = (typeof MOVES)[number];

/** From which states of a step each move may be made. */
const FROM: Record<Move, readonly StepStatus[]> = {
  call: ['waiting'],
  start: ['waiting', 'called'],
  complete: ['in-progress'],
  send: ['waiting', 'called', 'in-progress'],
  requeue: ['called', 'in-progress'],
  undo: ['waiting', 'called', 'in-progress'],
};

export const canMove = (move: Move, status: StepStatus): boolean => FROM[move].includes(status);

export const statusesBefore = (move: Move): StepStatus[] => [...FROM[move]];

/** A second round of drops is a second dilation; any other station is left before it is entered again. */
export const canSend = (from: Station, to: Station): boolean => from !== to || to === 'dilation';

/** Where a patient may be sent from a station. */
export const destinationsFrom = (from: Station): Station[] => STATIONS.filter((to) => canSend(from, to));

/** How a step ends when the patient goes on: only what was begun is done. */
export const endedAs = (status: StepStatus): 'done' | 'skipped' =>
  status === 'in-progress' ? 'done' : 'skipped';

type Undoable = { status: StepStatus; sequence: number; timesRequeued: number };

/** A patient put back in line is called again instead; the first step has nothing before it. */
export function canUndo({ status, sequence, timesRequeued }: Undoable): boolean {
  if (status === 'called' || status === 'in-progress') return true;
  return status === 'waiting' && sequence > 1 && timesRequeued === 0;
}

export const DILATION_MINUTES = [15, 20, 25, 30, 40, 60] as const;
export const DEFAULT_DILATION_MINUTES = 30;

const AMBER_MINUTES = 15;
const RED_MINUTES = 30;

export type WaitLevel = 'green' | 'amber' | 'red';

/** Under 15 minutes is well, under 30 is long, from there on too long. */
export function waitLevel(minutes: number): WaitLevel {
  if (minutes >= RED_MINUTES) return 'red';
  return minutes >= AMBER_MINUTES ? 'amber' : 'green';
}

/**
 * Whole minutes between two instants in milliseconds; a clock that runs ahead never gives a negative wait.
 */
export const minutesBetween = (from: number, to: number): number =>
  Math.max(0, Math.floor((to - from) / 60_000));

type Waiting = { waitingSince: string | Date; readyAt?: string | Date | null };

/** When the wait counts from: while the drops work nobody waits for us. */
function waitsFrom({ waitingSince, readyAt }: Waiting): number {
  const since = new Date(waitingSince).getTime();
  return readyAt ? Math.max(since, new Date(readyAt).getTime()) : since;
}

export const waitingMinutes = (step: Waiting, now: number): number => minutesBetween(waitsFrom(step), now);

/** Minutes until the pupils are wide, 0 when they are; null where there is nothing to wait for. */
export function minutesToReady({ readyAt }: { readyAt: string | null }, now: number): number | null {
  if (!readyAt) return null;
  return Math.max(0, Math.ceil((new Date(readyAt).getTime() - now) / 60_000));
}

/** "8 min", "1 h 05 min". */
export function durationText(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** "A. R." for "Asha Rao": as much of a name as a waiting room may see. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const chosen = words.length > 2 ? [words[0], words.at(-1)] : words;
  return chosen.flatMap((word) => (word ? [`${firstLetter(word)}.`] : [])).join(' ');
}

const firstLetter = (word: string): string => (word.match(/\p{L}\p{M}*/u)?.[0] ?? '').toUpperCase();

/** Minutes after which a call on the board is no longer new, and after which it is only a reminder. */
const CALL_IS_NEW_MINUTES = 3;
const CALL_IS_OLD_MINUTES = 10;

export type CallAge = 'new' | 'recent' | 'old';
type Call = { token: number; calledAt: string | null };

/**
 * All calls of a board, the newest first, each with its age in minutes. Only the newest may be `new`: it is
 * the one to look at, and any other would draw the eye away from it.
 */
export function callsByAge<T extends Call>(calls: readonly T[], now: number) {
  return [...calls]
    .sort((a, b) => (b.calledAt ?? '').localeCompare(a.calledAt ?? '') || b.token - a.token)
    .map((call, index) => {
      const minutes = call.calledAt ? minutesBetween(new Date(call.calledAt).getTime(), now) : 0;
      const age: CallAge =
        minutes >= CALL_IS_OLD_MINUTES
          ? 'old'
          : index === 0 && minutes < CALL_IS_NEW_MINUTES
            ? 'new'
            : 'recent';
      return { ...call, minutes, age };
    });
}

/**
 * How many tokens stand beside each other in a station's column, so that a long line still fits the screen.
 */
export const boardColumns = (count: number): 1 | 2 | 3 => (count <= 10 ? 1 : count <= 24 ? 2 : 3);

/** Fewer beginnings of today than these say nothing about the next ones. */
const FEWEST_BEGINNINGS = 6;
const LATEST_BEGINNINGS = 11;
/** Beyond that a figure helps nobody: a patient is told nothing. */
const LONGEST_ESTIMATE_MINUTES = 180;

export type EstimatedWait = { fromMinutes: number; toMinutes: number };

/**
 * How long somebody will wait who has so many in front of them, by how fast the line has moved today: the
 * usual time between two beginnings, of the latest ten. Null where too little was measured, where the line
 * stands still, and where it would be hours.
 * @param beginnings of steps at the same station, in milliseconds, in any order
 */
export function estimateWait(
  ahead: number,
  beginnings: readonly number[],
  now: number,
  readyAt: number | null = null,
): EstimatedWait | null {
  const latest = beginnings
    .filter((at) => at <= now)
    .sort((a, b) => a - b)
    .slice(-LATEST_BEGINNINGS);
  const last = latest.at(-1);
  if (last === undefined || latest.length < FEWEST_BEGINNINGS) return null;
  const gaps = latest.slice(1).map((at, index) => at - (latest[index] ?? at));
  const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  // Lunch, or the doctor has gone: nobody knows when it goes on.
  if (now - last > 3 * usual + 10 * 60_000) return null;
  const turn = last + usual * (ahead + 1) - now;
  const minutes = Math.max(turn, (readyAt ?? now) - now, 0) / 60_000;
  if (minutes > LONGEST_ESTIMATE_MINUTES) return null;
  const fives = (share: number, round: (value: number) => number) => round((minutes * share) / 5) * 5;
  return { fromMinutes: fives(0.75, Math.floor), toMinutes: Math.max(5, fives(1.25, Math.ceil)) };
}

/** "About 20 to 35 minutes". */
export const estimateText = ({ fromMinutes, toMinutes }: EstimatedWait): string =>
  fromMinutes === 0 ? `Up to ${toMinutes} minutes` : `About ${fromMinutes} to ${toMinutes} minutes`;
