import type { AppointmentStatus } from '@/features/frontdesk/appointments/policy';
import type { Station } from '@/features/frontdesk/queue/policy';

/** What is computed from days' summaries. Pure: no database behind it. */
type Waits = readonly { minutes: number; patients: number }[];
export type Waited = { patients: number; waitedMs: number; waits: Waits };

/** Several days' waits as one. */
export function mergeWaits(all: readonly Waited[]): Waited {
  const byMinute = new Map<number, number>();
  let patients = 0;
  let waitedMs = 0;
  for (const one of all) {
    patients += one.patients;
    waitedMs += one.waitedMs;
    for (const { minutes, patients: count } of one.waits)
      byMinute.set(minutes, (byMinute.get(minutes) ?? 0) + count);
  }
  const waits = [...byMinute]
    .map(([minutes, count]) => ({ minutes, patients: count }))
    .sort((a, b) => a.minutes - b.minutes);
  return { patients, waitedMs, waits };
}

/**
 * The wait, in whole minutes, that a share of patients did not exceed (nearest rank); null where nobody
 * waited.
 */
export function percentile({ patients, waits }: Waited, share: number): number | null {
  if (patients === 0) return null;
  const rank = Math.max(1, Math.ceil(patients * share));
  let reached = 0;
  for (const { minutes, patients: count } of waits) {
    reached += count;
    if (reached >= rank) return minutes;
  }
  return null;
}

/** The mean wait in minutes, to a tenth; null where nobody waited. */
export const meanMinutes = ({ patients, waitedMs }: Pick<Waited, 'patients' | 'waitedMs'>): number | null =>
  patients > 0 ? Math.round(waitedMs / patients / 6_000) / 10 : null;

/**
 * Of those who still wait, who counts today, by the time so far in milliseconds: who has waited longer than
 * the median of those who were seen. Left out, a day on which nobody was seen yet would have no wait; all of
 * them counted, each arrival would make the wait look shorter.
 */
export function stillWaiting(seen: Waited, waitsSoFar: readonly number[]): number[] {
  const median = percentile(seen, 0.5);
  return waitsSoFar.filter((wait) => median === null || Math.floor(wait / 60_000) > median);
}

const WAIT_BANDS = [
  { from: 0, to: 10, label: 'Under 10' },
  { from: 10, to: 20, label: '10–19' },
  { from: 20, to: 30, label: '20–29' },
  { from: 30, to: 45, label: '30–44' },
  { from: 45, to: 60, label: '45–59' },
  { from: 60, to: 90, label: '60–89' },
  { from: 90, to: 120, label: '90–119' },
  { from: 120, to: Number.POSITIVE_INFINITY, label: '120 and more' },
] as const;

/** How many waited within each band of minutes. */
export const inBands = ({ waits }: Waited): { label: string; patients: number }[] =>
  WAIT_BANDS.map(({ from, to, label }) => ({
    label,
    patients: waits
      .filter(({ minutes }) => minutes >= from && minutes < to)
      .reduce((sum, { patients }) => sum + patients, 0),
  }));

type StationDay = { stations: readonly (Waited & { station: Station; busyMs: number })[] };

/** One station over several days. */
export function stationOver(days: readonly StationDay[], station: Station) {
  const parts = days.flatMap((day) => day.stations.filter((one) => one.station === station));
  const waited = mergeWaits(parts);
  return {
    station,
    patients: waited.patients,
    waitMinutes: meanMinutes(waited),
    medianMinutes: percentile(waited, 0.5),
    p90Minutes: percentile(waited, 0.9),
    busyMinutes: Math.round(parts.reduce((sum, { busyMs }) => sum + busyMs, 0) / 60_000),
    waitedMs: waited.waitedMs,
  };
}

/** The station that cost patients the most time in all; null where nobody waited. */
export const bottleneckOf = <S extends { waitedMs: number }>(stations: readonly S[]): S | null =>
  stations.reduce<S | null>((worst, one) => (one.waitedMs > (worst?.waitedMs ?? 0) ? one : worst), null);

/** Counts by status over several days. */
export function sumStatuses(
  days: readonly { appointments: Record<AppointmentStatus, number> }[],
  statuses: readonly AppointmentStatus[],
): number {
  return days.reduce(
    (sum, day) => sum + statuses.reduce((part, status) => part + day.appointments[status], 0),
    0,
  );
}

export type Comparison = { text: string; direction: 'up' | 'down' | 'flat' };

/**
 * A figure against the period before, in words. Whether more is better depends on the figure, so the
 * direction says what is good: `more` for visits, `fewer` for waiting.
 */
export function changeOf(
  now: number,
  before: number,
  better: 'more' | 'fewer' | 'neither' = 'neither',
): Comparison {
  const difference = now - before;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '';
  const size = Math.abs(difference);
  const text =
    difference === 0
      ? 'As before'
      : before > 0
        ? `${sign}${Math.round((size / before) * 100)} %`
        : `${sign}${Math.round(size * 10) / 10}`;
  if (difference === 0 || better === 'neither') return { text, direction: 'flat' };
  return { text, direction: difference > 0 === (better === 'more') ? 'up' : 'down' };
}
