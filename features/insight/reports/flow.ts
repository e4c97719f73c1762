import { STATIONS, type Station } from '@/features/frontdesk/queue/policy';

/** Who joined the line of a station in an hour of the day, and how long they waited there in all. */
export type FlowCell = { station: Station; hour: number; patients: number; waitedMs: number };

export type Flow = ReturnType<typeof flowOf>;

/**
 * Patients and waits by station and hour over several days; an hour is that of joining the line. Stations and
 * hours without anybody are left out at the edges. `worst` is the hour at a station that cost patients the
 * most time. Pure.
 */
export function flowOf(days: readonly { flow: readonly FlowCell[] }[]) {
  const cells = new Map<string, FlowCell>();
  for (const { flow } of days)
    for (const one of flow) {
      const key = `${one.station} ${one.hour}`;
      const known = cells.get(key);
      cells.set(key, {
        station: one.station,
        hour: one.hour,
        patients: (known?.patients ?? 0) + one.patients,
        waitedMs: (known?.waitedMs ?? 0) + one.waitedMs,
      });
    }
  const all = [...cells.values()];
  const used = all.map(({ hour }) => hour);
  const [first, last] = [Math.min(...used), Math.max(...used)];
  const hours = all.length > 0 ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];
  const openDays = days.filter(({ flow }) => flow.length > 0).length;
  const toCell = ({ patients, waitedMs, hour }: FlowCell) => ({
    hour,
    patients,
    patientsPerDay: Math.round((patients / openDays) * 10) / 10,
    meanMinutes: Math.round(waitedMs / patients / 60_000),
  });
  const worst = all.reduce<FlowCell | null>(
    (known, one) => (one.waitedMs > (known?.waitedMs ?? 0) ? one : known),
    null,
  );
  return {
    hours,
    stations: STATIONS.filter((station) => all.some((one) => one.station === station)).map((station) => ({
      station,
      cells: hours.map((hour) => {
        const found = cells.get(`${station} ${hour}`);
        return found ? toCell(found) : null;
      }),
    })),
    worst: worst ? { station: worst.station, ...toCell(worst) } : null,
  };
}
