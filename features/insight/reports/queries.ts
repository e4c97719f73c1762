import 'server-only';
import type { z } from 'zod';
import { APPOINTMENT_STATUSES, type AppointmentStatus } from '@/features/frontdesk/appointments/policy';
import { visitModel } from '@/features/frontdesk/queue/model';
import { STATIONS } from '@/features/frontdesk/queue/policy';
import { DEFAULT_RECALL_MONTHS } from '@/features/frontdesk/recalls/policy';
import { countRecalls } from '@/features/frontdesk/recalls/queries';
import { openMinutes } from '@/features/frontdesk/schedules/policy';
import { readPlans } from '@/features/frontdesk/schedules/queries';
import { countPatients } from '@/features/patients/patients/queries';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { countStockAlerts } from '@/features/pharmacy/medicines/queries';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { objectId, op } from '@/lib/mongo';
import { EVERYWHERE, scopeOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import { clinicalOf } from './clinical';
import { flowOf } from './flow';
import { FORECAST_HISTORY_DAYS, forecastVisits } from './forecast';
import { cohortDays, cohortsOf } from './retention';
import type { DaySummary, Scope } from './rollups/day';
import { readSummaries, summariesReader } from './rollups/roll-up';
import { daysOf, type Range, rangeBefore, rangeOf, type reportQuery } from './schema';
import {
  bottleneckOf,
  inBands,
  meanMinutes,
  mergeWaits,
  percentile,
  stationOver,
  sumStatuses,
} from './summary';
import { utilisationOf } from './utilisation';

/** Days without a summary are days without a record. */
const within = <D extends { day: Day }>(days: readonly D[], { from, to }: { from: Day; to: Day }): D[] =>
  days.filter(({ day }) => day >= from && day <= to);

/** Of a day, what the basic report says. */
const BASIC = ['registered', 'visits', 'left', 'appointments', 'doctors', 'seen', 'dispensed'] as const;
type BasicDay = Pick<DaySummary, (typeof BASIC)[number] | 'day'>;

/** The days and the branch that an address asks for. */
export const readRange = (
  ctx: TenantContext,
  query: z.output<typeof reportQuery>,
  now = new Date(),
): Range => ({
  ...rangeOf(query, today(ctx.timeZone, now)),
  ...(ctx.branches.length > 1 ? { branch: scopeOf(ctx, query.branch) } : {}),
});

/** Whose days are read: a branch's or all; a person who is kept to branches never reads all. */
function scopeIn(ctx: TenantContext, { branch }: Range): Scope {
  const scope = branch ?? scopeOf(ctx);
  return { db: ctx.db, timeZone: ctx.timeZone, at: scope === EVERYWHERE ? undefined : scope };
}

/** What a set of days comes to. */
function totalsOf(days: readonly BasicDay[]) {
  const sum = (figure: (day: BasicDay) => number) => days.reduce((total, day) => total + figure(day), 0);
  const seen = mergeWaits(days.map((day) => day.seen));
  const count = (...statuses: AppointmentStatus[]) => sumStatuses(days, statuses);
  const due = count('checked-in', 'completed', 'no-show');
  return {
    registered: sum(({ registered }) => registered),
    visits: sum(({ visits }) => visits),
    left: sum(({ left }) => left),
    booked: count(...APPOINTMENT_STATUSES),
    missed: count('no-show'),
    due,
    dispensed: sum(({ dispensed }) => dispensed.reduce((total, { quantity }) => total + quantity, 0)),
    waitMinutes: meanMinutes(seen),
    medianWaitMinutes: percentile(seen, 0.5),
    p90WaitMinutes: percentile(seen, 0.9),
  };
}

/**
 * Visits and time with patients by doctor, the busiest first; a doctor goes by the last name that the days
 * know.
 */
function doctorsOver(days: readonly BasicDay[]) {
  const byId = new Map<string, { doctorId: string; name: string; visits: number; busyMs: number }>();
  for (const { doctors } of days)
    for (const { doctorId, name, visits, busyMs } of doctors) {
      const before = byId.get(doctorId) ?? { doctorId, name, visits: 0, busyMs: 0 };
      byId.set(doctorId, {
        doctorId,
        name: name || before.name,
        visits: before.visits + visits,
        busyMs: before.busyMs + busyMs,
      });
    }
  return [...byId.values()].sort((a, b) => b.visits - a.visits || a.name.localeCompare(b.name));
}

/** Units given out by medicine, less what came back; the most first. */
async function dispensedOver(ctx: TenantContext, days: readonly BasicDay[]) {
  const byId = new Map<string, number>();
  for (const { dispensed } of days)
    for (const { medicineId, quantity } of dispensed)
      byId.set(medicineId, (byId.get(medicineId) ?? 0) + quantity);
  const rows = await medicineModel(ctx)
    .find({ _id: op({ $in: [...byId.keys()].map((id) => objectId(id)) }) })
    .select('name strength unit')
    .lean();
  return rows
    .map((row) => ({
      medicineId: row._id.toString(),
      name: row.strength ? `${row.name} ${row.strength}` : row.name,
      unit: row.unit,
      quantity: byId.get(row._id.toString()) ?? 0,
    }))
    .sort((a, b) => b.quantity - a.quantity || a.name.localeCompare(b.name));
}

/**
 * What every plan sees, for a range of days and for as many days before it.
 * @throws AppError PAYMENT_REQUIRED.
 */
export async function getBasicReport(ctx: TenantContext, range: Range, now = new Date()) {
  requireEntitlement(ctx, 'reports');
  const before = rangeBefore(range);
  const [summaries, patients, stock] = await Promise.all([
    readSummaries(scopeIn(ctx, range), { from: before.from, to: range.to }, now, BASIC),
    countPatients(ctx),
    countStockAlerts(ctx),
  ]);
  const days = within(summaries.days, range);
  const daysBefore = within(summaries.days, before);
  const visitsBefore = new Map(doctorsOver(daysBefore).map(({ doctorId, visits }) => [doctorId, visits]));
  return {
    preparedThrough: summaries.preparedThrough,
    patients,
    now: totalsOf(days),
    before: totalsOf(daysBefore),
    days: daysOf(range).map((day) => ({ ...totalsOf(within(days, { from: day, to: day })), day })),
    appointments: APPOINTMENT_STATUSES.map((status) => ({
      status,
      count: sumStatuses(days, [status]),
      before: sumStatuses(daysBefore, [status]),
    })),
    doctors: doctorsOver(days).map(({ doctorId, name, visits }) => ({
      doctorId,
      name,
      visits,
      before: visitsBefore.get(doctorId) ?? 0,
    })),
    dispensed: await dispensedOver(ctx, days),
    medicines: stock,
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

/**
 * How the days of a range ran, and what next week will ask for. A station's wait lasts from joining its line
 * until somebody begins with the patient; steps that were skipped are not counted.
 * @throws AppError PAYMENT_REQUIRED.
 */
export async function getAnalytics(ctx: TenantContext, range: Range, now = new Date()) {
  requireEntitlement(ctx, 'analytics');
  const present = today(ctx.timeZone, now);
  const scope = scopeIn(ctx, range);
  const before = rangeBefore(range);
  const cohorts = cohortDays(range.to);
  const read = await summariesReader(scope, now);
  const [{ days, preparedThrough }, history, earlier, { days: daysBefore }, plans, recalls] =
    await Promise.all([
      read(range),
      read({ from: shiftDay(present, -FORECAST_HISTORY_DAYS), to: shiftDay(present, -1) }, ['visits']),
      read({ from: cohorts.from, to: before.to }, ['newPatients', 'cameBack']),
      read(before, ['work', 'rooms', 'examined', 'diagnoses']),
      readPlans(ctx, { since: before.from }),
      countRecalls(ctx, { months: DEFAULT_RECALL_MONTHS, branch: range.branch }, now),
    ]);
  const hoursOf = (span: Range) => ({
    days: daysOf(span),
    of: (doctorId: string, day: Day) => {
      const { at } = scope;
      const there = at ? [plans.of(doctorId, day, at)] : plans.everywhere(doctorId, day);
      return {
        isSet: there.some(({ isSet }) => isSet),
        minutes: there.reduce((sum, plan) => sum + openMinutes(plan), 0),
      };
    },
  });
  const byDay = new Map(days.map((day) => [day.day, day]));
  const stations = STATIONS.map((station) => stationOver(days, station));
  const arrivals = new Map<number, number>();
  for (const day of days)
    for (const { hour, patients } of day.arrivals) arrivals.set(hour, (arrivals.get(hour) ?? 0) + patients);
  const hours = [...arrivals.keys()].sort((a, b) => a - b);
  const [firstHour = 0, lastHour = -1] = [hours[0], hours.at(-1)];
  const openDays = days.filter(({ visits }) => visits > 0).length;
  return {
    preparedThrough,
    totals: totalsOf(days),
    days: daysOf(range).map((day) => {
      const one = byDay.get(day);
      const count = (...statuses: AppointmentStatus[]) => (one ? sumStatuses([one], statuses) : 0);
      return {
        day,
        kept: count('completed', 'checked-in'),
        booked: count('booked'),
        missed: count('no-show'),
        cancelled: count('cancelled'),
        visits: one?.visits ?? 0,
        registered: one?.registered ?? 0,
        newPatients: one?.newPatients ?? 0,
        returning: (one?.visits ?? 0) - (one?.newPatients ?? 0),
        medianWaitMinutes: one ? percentile(one.seen, 0.5) : null,
        p90WaitMinutes: one ? percentile(one.seen, 0.9) : null,
      };
    }),
    stations,
    bottleneck: bottleneckOf(stations),
    flow: flowOf(days),
    waitBands: inBands(mergeWaits(days.map(({ seen }) => seen))),
    /** Check-ins by hour of the day, per day on which anybody came. */
    hours: Array.from({ length: lastHour - firstHour + 1 }, (_, index) => firstHour + index).map((hour) => ({
      hour,
      patientsPerDay: openDays > 0 ? Math.round(((arrivals.get(hour) ?? 0) / openDays) * 10) / 10 : 0,
    })),
    doctors: doctorsOver(days).map(({ doctorId, name, visits, busyMs }) => ({
      doctorId,
      name,
      visits,
      busyMinutes: Math.round(busyMs / 60_000),
    })),
    utilisation: utilisationOf(days, daysBefore, { now: hoursOf(range), before: hoursOf(before) }),
    cohorts: cohortsOf([...earlier.days, ...days], range.to),
    clinical: clinicalOf(days, daysBefore, range),
    recalls,
    forecast: forecastVisits(history.days, present),
  };
}
export type Analytics = Awaited<ReturnType<typeof getAnalytics>>;
