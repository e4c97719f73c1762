import 'server-only';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayRange, today } from '@/lib/time';
import { appointmentModel } from '../appointments/model';
import { APPOINTMENT_STATUSES, type AppointmentStatus } from '../appointments/policy';
import { requireEntitlement } from '../entitlements/service';
import { stockAlerts } from '../medicines/queries';
import { patientModel } from '../patients/model';
import { countPatients } from '../patients/queries';
import { queueEntryModel, visitModel } from '../queue/model';
import { STATIONS, type Station } from '../queue/policy';
import { daysOf, type Range } from './schema';

const days = ({ from, to }: Range) => ({ $gte: from, $lte: to });

function registeredIn(ctx: TenantContext, range: Range): Promise<number> {
  const { start } = dayRange(range.from, ctx.timeZone);
  const { end } = dayRange(range.to, ctx.timeZone);
  return patientModel(ctx).countDocuments({ createdAt: op({ $gte: start, $lt: end }) });
}

/** What every plan sees: who came and what is in stock, for a range of days. */
export async function getBasicReport(ctx: TenantContext, range: Range) {
  requireEntitlement(ctx, 'reports');
  const [patients, registered, visits, byStatus, stock] = await Promise.all([
    countPatients(ctx),
    registeredIn(ctx, range),
    visitModel(ctx).countDocuments({ day: op(days(range)) }),
    appointmentModel(ctx).aggregate<{ _id: AppointmentStatus; count: number }>([
      { $match: { day: days(range) } },
      { $group: { _id: '$status', count: { $sum: 1 } } },
    ]),
    stockAlerts(ctx),
  ]);
  const count = new Map(byStatus.map((row) => [row._id, row.count]));
  const appointments = APPOINTMENT_STATUSES.map((status) => ({ status, count: count.get(status) ?? 0 }));
  return {
    patients,
    registered,
    visits,
    appointments,
    booked: appointments.reduce((sum, row) => sum + row.count, 0),
    medicines: stock.counts,
  };
}
export type BasicReport = Awaited<ReturnType<typeof getBasicReport>>;

/** The organization's own first numbers, for the page that says what an upgrade would bring. */
export async function getFirstNumbers(ctx: TenantContext, now = new Date()) {
  const day = today(ctx.timeZone, now);
  const [patients, visitsThisMonth] = await Promise.all([
    countPatients(ctx),
    visitModel(ctx).countDocuments({ day: op({ $gte: `${day.slice(0, 7)}-01`, $lte: day }) }),
  ]);
  return { patients, visitsThisMonth };
}

type DayGroup = { _id: { day: Day; status: AppointmentStatus }; count: number };
type WaitGroup = { _id: { day: Day; station: Station }; count: number; waitedMs: number };

/** Read one by one with a cursor: not every server subtracts dates in an aggregation. */
async function waitsIn(ctx: TenantContext, range: Range): Promise<WaitGroup[]> {
  const groups = new Map<string, WaitGroup>();
  const steps = queueEntryModel(ctx)
    .find({ day: op(days(range)), isOpen: false, status: 'done' })
    .select('day station startedAt waitingSince')
    .lean()
    .cursor();
  for await (const { day, station, startedAt, waitingSince } of steps) {
    if (!startedAt) continue;
    const key = `${day}|${station}`;
    const group = groups.get(key) ?? { _id: { day, station }, count: 0, waitedMs: 0 };
    group.count += 1;
    group.waitedMs += Math.max(0, startedAt.getTime() - waitingSince.getTime());
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Appointments and waiting times day by day. A wait lasts from joining a station's line until somebody begins with the
 * patient; steps that were skipped are not counted. @throws AppError PAYMENT_REQUIRED.
 */
export async function getAnalytics(ctx: TenantContext, range: Range) {
  requireEntitlement(ctx, 'analytics');
  const [appointments, waits, visits] = await Promise.all([
    appointmentModel(ctx).aggregate<DayGroup>([
      { $match: { day: days(range) } },
      { $group: { _id: { day: '$day', status: '$status' }, count: { $sum: 1 } } },
    ]),
    waitsIn(ctx, range),
    visitModel(ctx).aggregate<{ _id: Day; count: number }>([
      { $match: { day: days(range) } },
      { $group: { _id: '$day', count: { $sum: 1 } } },
    ]),
  ]);
  const minutes = (groups: readonly WaitGroup[]): number | null => {
    const count = groups.reduce((sum, group) => sum + group.count, 0);
    const waited = groups.reduce((sum, group) => sum + group.waitedMs, 0);
    return count > 0 ? Math.round(waited / count / 6_000) / 10 : null;
  };
  const visitsOn = new Map(visits.map(({ _id, count }) => [_id, count]));
  return {
    days: daysOf(range).map((day) => {
      const ofDay = appointments.filter((group) => group._id.day === day);
      const sum = (...statuses: AppointmentStatus[]) =>
        ofDay
          .filter((group) => statuses.includes(group._id.status))
          .reduce((total, group) => total + group.count, 0);
      return {
        day,
        kept: sum('completed', 'checked-in'),
        booked: sum('booked'),
        missed: sum('no-show'),
        cancelled: sum('cancelled'),
        visits: visitsOn.get(day) ?? 0,
        waitMinutes: minutes(waits.filter((group) => group._id.day === day)),
      };
    }),
    stations: STATIONS.map((station) => {
      const ofStation = waits.filter((group) => group._id.station === station);
      return {
        station,
        patients: ofStation.reduce((sum, { count }) => sum + count, 0),
        waitMinutes: minutes(ofStation),
      };
    }),
    averageWaitMinutes: minutes(waits),
  };
}
export type Analytics = Awaited<ReturnType<typeof getAnalytics>>;
