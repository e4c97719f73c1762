import { afterAll, beforeAll, expect, it } from 'vitest';
import { doctorDayKey, doctorDayModel } from '@/features/frontdesk/appointments/doctor-day';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { APPOINTMENT_STATUSES, OCCUPYING_STATUSES } from '@/features/frontdesk/appointments/policy';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import { bookAppointment } from '@/features/frontdesk/appointments/service';
import { overlaps } from '@/features/frontdesk/appointments/slots';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { getAnalytics, getBasicReport } from '@/features/insight/reports/queries';
import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { rangeOf } from '@/features/insight/reports/schema';
import { patientModel } from '@/features/patients/patients/model';
import { listPatients } from '@/features/patients/patients/queries';
import { isSealed } from '@/lib/crypto/field-cipher';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, shiftDay, timeOf, today } from '@/lib/time';
import { allExaminations, plainExamined } from '@/tests/assertions/plain-examined';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { liveDay, newTally } from './day';
import { addHistory } from './history/walk';
import { PILOT_KINDS } from './kinds';

const kinds = PILOT_KINDS;
const pilots: { organization: Awaited<ReturnType<typeof testOrganization>>; ctx: TenantContext }[] = [];
beforeAll(async () => {
  for (const { timeZone } of kinds) {
    const organization = await testOrganization({ timeZone, plan: 'professional' });
    for (const name of ['Dr Pilot', 'Dr Copilot']) await organization.doctor({ name });
    const base = organization.ctx();
    const features = { ...base.organization.features, enableAnalytics: true };
    pilots.push({ organization, ctx: { ...base, organization: { ...base.organization, features } } });
  }
});
afterAll(async () => {
  for (const { organization } of pilots) await organization.dispose();
  await closeConnections();
});

/** The slow and plain way: every record of the days, counted one by one. */
async function recount(ctx: TenantContext, from: string, to: string) {
  const visits = (await visitModel(ctx).find({}).lean()).filter(({ day }) => day >= from && day <= to);
  const steps = (await queueEntryModel(ctx).find({}).lean()).filter(({ day }) => day >= from && day <= to);
  const patients = (await patientModel(ctx).find({}).select('createdAt').lean()).filter(({ createdAt }) => {
    const day = dayOf(createdAt, ctx.timeZone);
    return day >= from && day <= to;
  });
  const started = new Map(visits.map((visit) => [visit._id.toString(), visit.startedAt.getTime()]));
  const waits = steps
    .filter(({ station, startedAt }) => station === 'doctor' && startedAt)
    .map((step) =>
      Math.floor(((step.startedAt?.getTime() ?? 0) - (started.get(step.visitId.toString()) ?? 0)) / 60_000),
    )
    .sort((a, b) => a - b);
  const rank = (share: number) => waits[Math.max(1, Math.ceil(waits.length * share)) - 1] ?? null;
  const perDay = new Map<string, number>();
  const perDoctor = new Map<string, number>();
  for (const { day, doctorName } of visits) {
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    if (doctorName) perDoctor.set(doctorName, (perDoctor.get(doctorName) ?? 0) + 1);
  }
  return {
    visits: visits.length,
    registered: patients.length,
    median: rank(0.5),
    p90: rank(0.9),
    perDay,
    perDoctor,
    steps,
  };
}

it.each(kinds.map((kind, index) => [kind.key, index] as const))(
  '%s: each figure of its reports is what its records come to',
  async (_key, index) => {
    const [pilot, kind] = [pilots[index], kinds[index]];
    if (!pilot || !kind) throw new Error('There is no such pilot');
    const { ctx } = pilot;
    expect(await addHistory(ctx, kind, { visits: 120, seed: 3 + index, days: 40 })).toBe(120);
    expect(await addHistory(ctx, kind, { visits: 120, seed: 3 + index, days: 40 })).toBe(0);
    await rebuildRollups(ctx);
    const range = rangeOf({ from: shiftDay(today(ctx.timeZone), -30) }, today(ctx.timeZone));
    const [report, analytics, plain] = [
      await getBasicReport(ctx, range),
      await getAnalytics(ctx, range),
      await recount(ctx, range.from, range.to),
    ];
    expect(plain.visits).toBeGreaterThan(20);
    expect(report.now).toMatchObject({
      visits: plain.visits,
      registered: plain.registered,
      medianWaitMinutes: plain.median,
      p90WaitMinutes: plain.p90,
    });
    const firsts = new Map<string, string>();
    for (const { patientId, day } of await visitModel(ctx).find().sort({ day: 1 }).lean())
      if (!firsts.has(patientId.toString())) firsts.set(patientId.toString(), day);
    for (const { day, newPatients } of analytics.days)
      expect(newPatients, day).toBe([...firsts.values()].filter((first) => first === day).length);
    expect(await patientModel(ctx).countDocuments({ recallFrom: op({ $exists: true }) })).toBe(firsts.size);
    expect(await patientModel(ctx).countDocuments({ lastVisitAt: op({ $exists: true }) })).toBe(firsts.size);
    for (const { day, visits } of report.days) expect(visits, day).toBe(plain.perDay.get(day) ?? 0);
    for (const { name, visits } of report.doctors) expect(visits, name).toBe(plain.perDoctor.get(name));
    for (const { station, patients } of analytics.stations)
      expect(patients, station).toBe(plain.steps.filter((step) => step.station === station).length);
    const examinations = await allExaminations(ctx);
    const examined = plainExamined(examinations, range.from, range.to);
    expect(examined.outcomes[0]?.eyes).toBeGreaterThan(20);
    expect(analytics.clinical.examined).toBe(examined.examined);
    const inOrder = [...analytics.clinical.diagnoses].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(inOrder.map(({ code, patients }) => ({ code, patients }))).toEqual(examined.diagnoses);
    const [before, last] = [shiftDay(range.from, -range.days), shiftDay(range.from, -1)];
    expect(analytics.clinical.examinedBefore).toBe(plainExamined(examinations, before, last).examined);
    for (const { eyes, gained, lost, before: was, now, code } of analytics.clinical.outcomes)
      expect({ code, eyes, gained, lost, before: was, now }).toEqual(
        examined.outcomes.find((one) => one.code === code),
      );
    expect(analytics.waitBands.reduce((sum, { patients }) => sum + patients, 0)).toBe(
      plain.steps.filter(({ station }) => station === 'doctor').length,
    );
  },
);

it('has people who did not come, though not of each small hospital on every day', async () => {
  const missed = await Promise.all(
    pilots.map(({ ctx }) => appointmentModel(ctx).countDocuments({ status: 'no-show' })),
  );
  expect(missed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
});

it.each(kinds.map((kind, index) => [kind.key, index] as const))(
  '%s: its appointments are such as the product would have made, and its reports count them',
  async (_key, index) => {
    const pilot = pilots[index];
    if (!pilot) throw new Error('There is no such pilot');
    const { ctx } = pilot;
    const all = await appointmentModel(ctx).find({}).sort({ doctorId: 1, startsAt: 1 }).lean();
    const present = today(ctx.timeZone);
    const [past, ahead] = [all.filter(({ day }) => day < present), all.filter(({ day }) => day > present)];
    expect(past.length + ahead.length).toBe(all.length);
    for (const [at, one] of all.entries()) {
      const next = all[at + 1];
      if (next?.doctorId.equals(one.doctorId)) expect(overlaps(one, next), one.day).toBe(false);
      expect(one.day).toBe(dayOf(one.startsAt, ctx.timeZone));
      expect(
        timeOf(one.startsAt, ctx.timeZone) >= '09:00' && timeOf(one.endsAt, ctx.timeZone) <= '17:00',
      ).toBe(true);
      expect(one.createdAt < one.startsAt).toBe(true);
      expect(Boolean(one.cancelReason)).toBe(one.status === 'cancelled');
    }

    const range = rangeOf({ from: shiftDay(present, -30) }, present);
    const within = past.filter(({ day }) => day >= range.from);
    const count = (status: string) => within.filter((one) => one.status === status).length;
    const { appointments } = await getBasicReport(ctx, range);
    expect(appointments.map(({ status, count: counted }) => [status, counted])).toEqual(
      APPOINTMENT_STATUSES.map((status) => [status, count(status)]),
    );
    expect(past.filter(({ status }) => status === 'booked' || status === 'checked-in')).toEqual([]);
    const { utilisation, days } = await getAnalytics(ctx, range);
    const minutes = (rows: typeof all) =>
      rows.reduce((sum, { startsAt, endsAt }) => sum + (endsAt.getTime() - startsAt.getTime()) / 60_000, 0);
    const occupying: readonly string[] = OCCUPYING_STATUSES;
    for (const { doctorId, bookedMinutes, missedMinutes } of utilisation.doctors) {
      const own = within.filter((one) => one.doctorId.toString() === doctorId);
      expect(bookedMinutes).toBe(minutes(own.filter(({ status }) => occupying.includes(status))));
      expect(missedMinutes).toBe(minutes(own.filter(({ status }) => status === 'no-show')));
    }
    for (const { day, kept, missed, cancelled } of days) {
      const on = (status: string) => within.filter((one) => one.day === day && one.status === status).length;
      expect({ day, kept, missed, cancelled }).toEqual({
        day,
        kept: on('completed'),
        missed: on('no-show'),
        cancelled: on('cancelled'),
      });
    }

    // Each that was kept belongs to one visit of the same patient, doctor and day, and no other has one.
    const visits = await visitModel(ctx)
      .find({ appointmentId: op({ $exists: true }) })
      .lean();
    const kept = new Map(
      past.filter(({ status }) => status === 'completed').map((one) => [one._id.toString(), one]),
    );
    expect(new Set(visits.map(({ appointmentId }) => String(appointmentId)))).toEqual(new Set(kept.keys()));
    for (const visit of visits) {
      const one = kept.get(String(visit.appointmentId));
      expect(one).toMatchObject({
        patientId: visit.patientId,
        doctorId: visit.doctorId,
        day: visit.day,
        version: 2,
      });
    }

    const locks = new Map(
      (await doctorDayModel(ctx).find({}).lean()).map(({ _id, changes }) => [_id, changes]),
    );
    const booked = new Map<string, number>();
    for (const { doctorId, day } of all) {
      const key = doctorDayKey(doctorId.toString(), day);
      booked.set(key, (booked.get(key) ?? 0) + 1);
    }
    expect(locks).toEqual(booked);
    for (const raw of await appointmentModel(ctx).collection.find({}).toArray()) {
      expect(isSealed(raw.reason)).toBe(true);
      if (raw.cancelReason !== undefined) expect(isSealed(raw.cancelReason)).toBe(true);
    }
  },
);

it('what is booked ahead stands in the way of nobody but whoever wants the same time', async () => {
  const [pilot] = pilots;
  if (!pilot) throw new Error('There is no pilot');
  const { ctx } = pilot;
  const ahead = await appointmentModel(ctx)
    .find({ day: op({ $gt: today(ctx.timeZone) }) })
    .lean();
  expect(ahead.length).toBeGreaterThan(5);
  expect(new Set(ahead.map(({ status }) => status))).toEqual(new Set(['booked']));
  expect(ahead.every(({ day }) => day <= shiftDay(today(ctx.timeZone), 14))).toBe(true);
  const [one, other] = ahead;
  if (!one || !other) throw new Error('Nothing is booked');
  const wish = bookAppointmentInput.parse({
    patientId: other.patientId.toString(),
    doctorId: one.doctorId.toString(),
    date: one.day,
    time: timeOf(one.startsAt, ctx.timeZone),
    durationMinutes: 15,
  });
  await expect(bookAppointment(ctx, wish)).rejects.toThrow('is already booked');
  const { appointment } = await bookAppointment(ctx, { ...wish, time: '18:00' });
  expect(appointment.day).toBe(one.day);
});

it('a day goes through with everybody at the end of it, and names are found in their own script', async () => {
  const [pilot, kind] = [pilots[0], kinds[0]];
  if (!pilot || !kind) throw new Error('There is no pilot');
  const tally = newTally();
  await liveDay(pilot.ctx, kind, { patients: 6, atOnce: 3, seed: 5 }, tally);
  expect(tally.errors).toEqual([]);
  expect(tally.took.get('check in')).toHaveLength(6);
  const day = today(pilot.ctx.timeZone);
  expect(await visitModel(pilot.ctx).countDocuments({ day, status: 'finished' })).toBe(6);
  expect(
    (await allExaminations(pilot.ctx)).filter((one) => one.day === day && one.signed !== null),
  ).toHaveLength(6);
  expect(await queueEntryModel(pilot.ctx).countDocuments({ day, isOpen: true })).toBe(0);
  const anybody = await patientModel(pilot.ctx)
    .findOne({ sequence: op({ $gt: 0 }) })
    .select('lastName')
    .lean();
  const found = await listPatients(pilot.ctx, { q: anybody?.lastName ?? '' } as Parameters<
    typeof listPatients
  >[1]);
  expect(JSON.stringify(found)).toContain(anybody?.lastName);
});
