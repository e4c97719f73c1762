import 'server-only';
import type { Types } from 'mongoose';
import { DEFAULT_DURATION_MINUTES, LONGEST_DURATION_MINUTES } from '@/features/frontdesk/schedules/policy';
import { type Plans, readPlans } from '@/features/frontdesk/schedules/queries';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay } from '@/lib/time';
import { dayRange, yearRange } from '@/lib/wall-clock';
import { type Appointment, toAppointment } from './dto';
import { appointmentModel } from './model';
import { APPOINTMENT_STATUSES, type AppointmentStatus, OCCUPYING_STATUSES } from './policy';
import type { AppointmentSort } from './schema';
import { Bookings, DayFrame, freeTimesIn, freeTimesOf, overlaps, type Slot, slotAt } from './slots';

const DAY_LIMIT = 500;
const PAGE_SIZE = 50;
const SEARCH_DAYS = 14;
/** Of one doctor, also over a season. */
const BUSY_LIMIT = 10_000;
const OF_PATIENT_LIMIT = 50;
const OF_YEAR_LIMIT = 366;

const occupying = () => op({ $in: [...OCCUPYING_STATUSES] });

type Narrow = { doctorId?: string | undefined; status?: AppointmentStatus | undefined };

const narrowed = (ctx: TenantContext, day: Day, { doctorId, status }: Narrow) => ({
  day,
  ...hereOnly(ctx),
  ...(doctorId ? { doctorId: objectId(doctorId, 'doctor') } : {}),
  ...(status ? { status } : {}),
});

/** A day's appointments in order of time, whatever their status unless one is asked for. At most 500. */
export async function listDay(ctx: TenantContext, day: Day, narrow: Narrow = {}): Promise<Appointment[]> {
  const rows = await appointmentModel(ctx)
    .find(narrowed(ctx, day, narrow))
    .sort({ startsAt: 1, _id: 1 })
    .limit(DAY_LIMIT)
    .lean();
  return rows.map((row) => toAppointment(row, ctx.timeZone));
}

/** The next of a day that are booked and not over, in order of time. */
export async function listNext(
  ctx: TenantContext,
  day: Day,
  { doctorId, now, limit }: { doctorId?: string | undefined; now: Date; limit: number },
): Promise<Appointment[]> {
  const rows = await appointmentModel(ctx)
    .find({
      ...narrowed(ctx, day, { doctorId, status: 'booked' }),
      // What has begun before that is over: the server begins to read there.
      startsAt: op({ $gt: new Date(now.getTime() - LONGEST_DURATION_MINUTES * 60_000) }),
      endsAt: op({ $gt: now }),
    })
    .sort({ startsAt: 1, _id: 1 })
    .limit(limit)
    .lean();
  return rows.map((row) => toAppointment(row, ctx.timeZone));
}

export type AppointmentPage = { appointments: Appointment[]; before: string | null; after: string | null };

type ListQuery = Narrow & {
  day: Day;
  sort: AppointmentSort;
  after?: string | undefined;
  before?: string | undefined;
};

const TIME = ['startsAt', 'date'] as const;
const ID = ['_id', 'object-id'] as const;
const ORDERS = {
  time: [TIME, ID],
  patient: [['patientName', 'text'], ID],
  doctor: [['doctorName', 'text'], TIME, ID],
} as const;

function orderOf(sort: AppointmentSort) {
  const isDown = sort.startsWith('-');
  const by = ORDERS[(isDown ? sort.slice(1) : sort) as keyof typeof ORDERS];
  return { by, direction: isDown ? (-1 as const) : (1 as const) };
}

/** The find behind the sorted list; apart from it so that a test can ask how it is answered. */
export function findAppointments(ctx: TenantContext, query: ListQuery) {
  const page = keyset(orderOf(query.sort), query, PAGE_SIZE);
  const find = appointmentModel(ctx)
    .find({ ...narrowed(ctx, query.day, query), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** A day's appointments as a sorted list, 50 a page; a malformed cursor means the first page. */
export async function listAppointments(ctx: TenantContext, query: ListQuery): Promise<AppointmentPage> {
  const { page, find } = findAppointments(ctx, query);
  const { by } = orderOf(query.sort);
  const { rows, before, after } = page.toPage(await find.lean(), (row) =>
    by.map(([field]) => (field === 'startsAt' ? row.startsAt.toISOString() : row[field].toString())),
  );
  return { appointments: rows.map((row) => toAppointment(row, ctx.timeZone)), before, after };
}

/** @throws AppError NOT_FOUND */
export async function getAppointment(ctx: TenantContext, id: string): Promise<Appointment> {
  const row = await appointmentModel(ctx).findById(objectId(id, 'appointment')).lean();
  if (!row) throw notFoundError('appointment');
  return toAppointment(row, ctx.timeZone);
}

/** The find behind a patient's appointments, of all years or of one. */
export function findAppointmentsOfPatient(ctx: TenantContext, patientId: string, year?: number) {
  const within = year === undefined ? null : yearRange(year, ctx.timeZone);
  return appointmentModel(ctx)
    .find({
      patientId: objectId(patientId, 'patient'),
      ...(within ? { startsAt: op({ $gte: within.start, $lt: within.end }) } : {}),
    })
    .sort({ startsAt: -1, _id: -1 })
    .limit(within ? OF_YEAR_LIMIT : OF_PATIENT_LIMIT);
}

/** A patient's appointments, newest first, those to come included; of all years at most 50. */
export async function listAppointmentsOfPatient(
  ctx: TenantContext,
  patientId: string,
  year?: number,
): Promise<Appointment[]> {
  const rows = await findAppointmentsOfPatient(ctx, patientId, year).lean();
  return rows.map((row) => toAppointment(row, ctx.timeZone));
}

export type DayCounts = Record<AppointmentStatus, number>;

/** How many appointments of a day have each status. */
export async function countDay(ctx: TenantContext, day: Day, doctorId?: string): Promise<DayCounts> {
  const rows: { _id: AppointmentStatus; count: number }[] = await appointmentModel(ctx).aggregate([
    { $match: { day, ...hereOnly(ctx), ...(doctorId ? { doctorId: objectId(doctorId, 'doctor') } : {}) } },
    { $group: { _id: '$status', count: { $sum: 1 } } },
  ]);
  const found = new Map(rows.map(({ _id, count }) => [_id, count]));
  return Object.fromEntries(
    APPOINTMENT_STATUSES.map((status) => [status, found.get(status) ?? 0]),
  ) as DayCounts;
}

export type DayLoad = { day: Day; count: number };

/** The seven days, Monday first, of the week around `day`, with what takes the doctors' time. */
export async function weekLoads(ctx: TenantContext, day: Day, doctorId?: string): Promise<DayLoad[]> {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days = Array.from({ length: 7 }, (_, index) => shiftDay(day, index - weekday));
  const rows: { _id: Day; count: number }[] = await appointmentModel(ctx).aggregate([
    {
      $match: {
        day: { $in: days },
        ...hereOnly(ctx),
        status: { $in: [...OCCUPYING_STATUSES] },
        ...(doctorId ? { doctorId: objectId(doctorId, 'doctor') } : {}),
      },
    },
    { $group: { _id: '$day', count: { $sum: 1 } } },
  ]);
  const found = new Map(rows.map(({ _id, count }) => [_id, count]));
  return days.map((each) => ({ day: each, count: found.get(each) ?? 0 }));
}

async function busyTimes(
  ctx: TenantContext,
  { doctorId, from, to, except }: { doctorId: string; from: Day; to: Day; except?: string | undefined },
): Promise<Map<Day, Slot[]>> {
  const rows = await appointmentModel(ctx)
    .find({ doctorId: objectId(doctorId, 'doctor'), day: op({ $gte: from, $lte: to }), status: occupying() })
    .sort({ day: 1, startsAt: 1, _id: 1 })
    .limit(BUSY_LIMIT)
    .select('day startsAt endsAt')
    .lean();
  const busy = new Map<Day, Slot[]>();
  for (const { _id, day, startsAt, endsAt } of rows) {
    if (_id.toString() === except) continue;
    const ofDay = busy.get(day);
    if (ofDay) ofDay.push({ startsAt, endsAt });
    else busy.set(day, [{ startsAt, endsAt }]);
  }
  return busy;
}

type FreeTimesArgs = {
  doctorId: string;
  /** Without one, where the actor is. */
  branchId?: string | undefined;
  durationMinutes?: number;
  except?: string | undefined;
  now?: Date;
  /** Of this doctor from the first day on, where the caller has read them. */
  plans?: Plans;
};

/** Wall-clock times (`HH:MM`) at which a doctor is free on a day, from now on, within working hours. */
export async function freeTimes(ctx: TenantContext, args: FreeTimesArgs & { day: Day }): Promise<string[]> {
  const { doctorId, day, except, durationMinutes = DEFAULT_DURATION_MINUTES, now = new Date() } = args;
  const [busy, plans] = await Promise.all([
    busyTimes(ctx, { doctorId, from: day, to: day, except }),
    args.plans ?? readPlans(ctx, { doctorIds: [doctorId], since: day }),
  ]);
  const plan = plans.of(doctorId, day, args.branchId);
  return freeTimesIn({ day, durationMinutes, busy: busy.get(day) ?? [], timeZone: ctx.timeZone, now, plan });
}

export type FreeTime = { day: Day; time: string };

type NextArgs = FreeTimesArgs & { from: Day; after?: Date; count?: number };

/** The next `count` free times of a doctor from a day (and, on it, an instant) on, within two weeks. */
export async function nextFreeTimes(ctx: TenantContext, args: NextArgs): Promise<FreeTime[]> {
  const { doctorId, from, except, after, count = 3, now = new Date() } = args;
  const { durationMinutes = DEFAULT_DURATION_MINUTES } = args;
  const to = shiftDay(from, SEARCH_DAYS - 1);
  const [busy, plans] = await Promise.all([
    busyTimes(ctx, { doctorId, from, to, except }),
    args.plans ?? readPlans(ctx, { doctorIds: [doctorId], since: from }),
  ]);
  const since = after && after > now ? after : now;
  const season = seasonOf(doctorId, { busy, plans, timeZone: ctx.timeZone, branchId: args.branchId });
  return searchFree(season, { from, to, durationMinutes, now: since }, count);
}

type Booked = {
  busy: ReadonlyMap<Day, readonly Slot[]>;
  plans: Plans;
  timeZone: string;
  branchId?: string | undefined;
};

/** The days of a doctor, each worked out when it is first looked at. */
function seasonOf(doctorId: string, { busy, plans, timeZone, branchId }: Booked): (day: Day) => Bookings {
  const days = new Map<Day, Bookings>();
  return (day) => {
    const known = days.get(day);
    if (known) return known;
    const frame = new DayFrame(plans.of(doctorId, day, branchId), { day, timeZone });
    const fresh = new Bookings(frame, busy.get(day));
    days.set(day, fresh);
    return fresh;
  };
}

type Search = { from: Day; to: Day; durationMinutes: number; now: Date };

/** The first `count` free times of a span of days. */
function searchFree(
  season: (day: Day) => Bookings,
  { from, to, durationMinutes, now }: Search,
  count: number,
): FreeTime[] {
  const found: FreeTime[] = [];
  for (let day = from; day <= to && found.length < count; day = shiftDay(day, 1))
    found.push(...freeTimesOf(season(day), durationMinutes, now).map((time) => ({ day, time })));
  return found.slice(0, count);
}

/** How far ahead a time is looked for, for one who loses theirs: past a long leave too. */
const REBOOK_DAYS = 90;

/**
 * The next free time for each of some appointments with the same doctor, from its own time on; none is
 * proposed twice. Null where nothing is free within three months.
 */
export async function proposeTimes(
  ctx: TenantContext,
  appointments: readonly Appointment[],
  now = new Date(),
): Promise<Map<string, FreeTime | null>> {
  const proposed = new Map<string, FreeTime | null>();
  const { timeZone } = ctx;
  const [first] = [...new Set(appointments.map(({ day }) => day))].sort();
  if (!first) return proposed;
  const last = shiftDay(
    appointments.reduce((latest, { day }) => (day > latest ? day : latest), first),
    REBOOK_DAYS,
  );
  const doctorIds = [...new Set(appointments.map(({ doctorId }) => doctorId))];
  const plans = await readPlans(ctx, { doctorIds, since: first });
  for (const doctorId of doctorIds) {
    const busy = await busyTimes(ctx, { doctorId, from: first, to: last });
    const seasons = new Map<string, (day: Day) => Bookings>();
    for (const one of appointments.filter((each) => each.doctorId === doctorId)) {
      const { branchId } = one;
      const season = seasons.get(branchId) ?? seasonOf(doctorId, { busy, plans, timeZone, branchId });
      seasons.set(branchId, season);
      const { durationMinutes, day: from } = one;
      const startsAt = new Date(one.startsAt);
      const since = startsAt > now ? startsAt : now;
      const [free = null] = searchFree(season, { from, to: last, durationMinutes, now: since }, 1);
      proposed.set(one.id, free);
      if (free) season(free.day).add(slotAt(free.day, free.time, durationMinutes, timeZone));
    }
  }
  return proposed;
}

/** The find behind those who are to be called. */
export const findStranded = (ctx: TenantContext, now: Date) =>
  appointmentModel(ctx)
    .find({
      status: 'booked',
      startsAt: op({ $gt: now }),
      strandedAt: op({ $exists: true }),
      ...hereOnly(ctx),
    })
    .sort({ startsAt: 1, _id: 1 });

const STRANDED_SHOWN = 50;
const STRANDED_COUNTED = 1_000;

/** To come, and left without their doctor by a change of hours; the soonest first. At most 50. */
export async function listStranded(ctx: TenantContext, now = new Date()): Promise<Appointment[]> {
  const rows = await findStranded(ctx, now).limit(STRANDED_SHOWN).lean();
  return rows.map((row) => toAppointment(row, ctx.timeZone));
}

/** How many those are; at most 1,000 are counted. */
export const countStranded = (ctx: TenantContext, now = new Date()): Promise<number> =>
  appointmentModel(ctx).countDocuments(
    { status: 'booked', startsAt: op({ $gt: now }), strandedAt: op({ $exists: true }), ...hereOnly(ctx) },
    { limit: STRANDED_COUNTED },
  );

/** What a patient has at the same time, with whichever doctor: a reason to warn, not to refuse. */
export async function listOverlapsOfPatient(
  ctx: TenantContext,
  patientId: string,
  slot: Slot,
  except?: string,
): Promise<Appointment[]> {
  const earliest = new Date(slot.startsAt.getTime() - LONGEST_DURATION_MINUTES * 60_000);
  const rows = await appointmentModel(ctx)
    .find({
      patientId: objectId(patientId, 'patient'),
      startsAt: op({ $gt: earliest, $lt: slot.endsAt }),
      status: occupying(),
    })
    .sort({ startsAt: -1, _id: -1 })
    .limit(20)
    .lean();
  return rows
    .filter((row) => overlaps(row, slot) && row._id.toString() !== except)
    .map((row) => toAppointment(row, ctx.timeZone));
}

/** What a patient has on a day, in order of time. */
export async function listDayOfPatient(
  ctx: TenantContext,
  patientId: string,
  day: Day,
): Promise<Appointment[]> {
  const { start, end } = dayRange(day, ctx.timeZone);
  const rows = await appointmentModel(ctx)
    .find({
      patientId: objectId(patientId, 'patient'),
      startsAt: op({ $gte: start, $lt: end }),
      status: occupying(),
    })
    .sort({ startsAt: -1, _id: -1 })
    .limit(20)
    .lean();
  return rows.reverse().map((row) => toAppointment(row, ctx.timeZone));
}

/** Whether anybody was ever booked, but for these patients. */
export const hasRealAppointments = async (
  ctx: TenantContext,
  but: readonly Types.ObjectId[],
): Promise<boolean> =>
  (await appointmentModel(ctx).exists(but.length > 0 ? { patientId: op({ $nin: [...but] }) } : {})) !== null;
