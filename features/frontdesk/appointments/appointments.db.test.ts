import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '@/lib/clock';
import { encodeCursor } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { followTimeZone } from './follow-time-zone';
import { appointmentModel } from './model';
import {
  countDay,
  findAppointments,
  freeTimes,
  getAppointment,
  listAppointments,
  listAppointmentsOfPatient,
  listDay,
  listDayOfPatient,
  nextFreeTimes,
  weekLoads,
} from './queries';
import { APPOINTMENT_SORTS, bookAppointmentInput } from './schema';
import {
  bookAppointment,
  cancelAppointment,
  checkInAppointment,
  completeAppointment,
  markNoShow,
  moveAppointment,
  undoNoShow,
} from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
type Person = { id: string; name: string };

const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code?: string }).code] : []));
const successes = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length;

describe('appointments', () => {
  let org: Organization;
  let ctx: TenantContext;
  let patient: Person;
  let doctor: Person;
  let tomorrow: string;
  let days = 1;

  /** A day of its own for each test, so that none sees another's appointments. */
  const aDay = (): string => shiftDay(today(ctx.timeZone), ++days);
  const book = (
    facts: Partial<
      Record<'patientId' | 'doctorId' | 'date' | 'time' | 'durationMinutes' | 'reason', string>
    > = {},
    now?: Date,
  ) =>
    bookAppointment(
      ctx,
      bookAppointmentInput.parse({
        patientId: patient.id,
        doctorId: doctor.id,
        date: tomorrow,
        time: '10:00',
        ...facts,
      }),
      now,
    );
  const move = (
    appointment: { id: string; version: number; doctorId: string; day: string },
    facts: { date?: string; time: string; doctorId?: string },
  ) =>
    moveAppointment(ctx, {
      appointmentId: appointment.id,
      version: appointment.version,
      doctorId: appointment.doctorId,
      date: appointment.day,
      durationMinutes: 15,
      ...facts,
    });

  beforeAll(async () => {
    org = await testOrganization();
    ctx = org.ctx('receptionist');
    patient = await aPatient(ctx);
    doctor = await org.doctor({ name: 'Dr Asha Rao' });
    tomorrow = shiftDay(today(ctx.timeZone), 1);
  });
  afterAll(async () => {
    await org.dispose();
    await closeConnections();
  });

  describe('booking', () => {
    it('keeps who, with whom, when and by whom', async () => {
      const date = aDay();
      const { appointment, patientOverlaps } = await book({
        date,
        time: '09:30',
        durationMinutes: '30',
        reason: ' Follow-up ',
      });
      expect(appointment).toMatchObject({
        patientId: patient.id,
        patientName: patient.name,
        doctorName: 'Dr Asha Rao',
        day: date,
        time: '09:30',
        endTime: '10:00',
        durationMinutes: 30,
        status: 'booked',
        reason: 'Follow-up',
        bookedByName: ctx.actor.name,
        version: 0,
      });
      expect(patientOverlaps).toEqual([]);
      expect(await getAppointment(ctx, appointment.id)).toEqual(appointment);
      expect(await listDay(ctx, date)).toEqual([appointment]);
    });

    it('lets exactly one of twenty simultaneous bookings of overlapping times pass', async () => {
      const date = aDay();
      const attempts = Array.from({ length: 20 }, (_, index) =>
        book({ date, time: index % 2 ? '10:00' : '10:10', durationMinutes: '20' }),
      );
      const results = await Promise.allSettled(attempts);
      expect(successes(results)).toBe(1);
      expect(new Set(codesOf(results))).toEqual(new Set(['CONFLICT']));
      expect(await listDay(ctx, date)).toHaveLength(1);
    });

    it('lets all of twenty simultaneous bookings of different times pass', async () => {
      const date = aDay();
      const times = Array.from({ length: 20 }, (_, index) => clockOf(9 * 60 + index * 15));
      const results = await Promise.allSettled(times.map((time) => book({ date, time })));
      expect(codesOf(results)).toEqual([]);
      expect((await listDay(ctx, date)).map(({ time }) => time)).toEqual(times);
    });

    it('names the next free times when one is taken', async () => {
      const date = aDay();
      await book({ date, time: '10:00' });
      await book({ date, time: '10:30' });
      await expect(book({ date, time: '10:05' })).rejects.toMatchObject({
        code: 'CONFLICT',
        field: 'time',
        message: 'Dr Asha Rao is already booked at 10:05. Next free: 10:15, 10:45, 11:00.',
      });
      await expect(book({ date, time: '10:15' })).resolves.toBeDefined();
    });

    it('goes on to the next day when this one is full', async () => {
      const date = aDay();
      const next = aDay();
      for (let hour = 9; hour < 17; hour++)
        await book({ date, time: clockOf(hour * 60), durationMinutes: '60' });
      expect(await freeTimes(ctx, { doctorId: doctor.id, day: date })).toEqual([]);
      expect(await nextFreeTimes(ctx, { doctorId: doctor.id, from: date, count: 1 })).toEqual([
        { day: next, time: '09:00' },
      ]);
      await expect(book({ date, time: '16:30' })).rejects.toThrow(
        /Next free: \w{3} \d+ \w{3} \d{4} at 09:00/,
      );
    });

    it('warns of, and does not refuse, a second appointment of the patient at the same time', async () => {
      const date = aDay();
      const other = await org.doctor({ name: 'Dr Vikram Shah' });
      const first = await book({ date, time: '10:00', durationMinutes: '30' });
      const second = await book({ date, time: '10:15', doctorId: other.id });
      expect(second.patientOverlaps.map(({ id }) => id)).toEqual([first.appointment.id]);
      const third = await book({ date, time: '10:30', doctorId: other.id });
      expect(third.patientOverlaps).toEqual([]);
      expect((await listDayOfPatient(ctx, patient.id, date)).map(({ time }) => time)).toEqual([
        '10:00',
        '10:15',
        '10:30',
      ]);
    });

    it('refuses what has passed, in the zone of the organization', async () => {
      const day = today(ctx.timeZone);
      const now = instantAt(day, '12:00', ctx.timeZone);
      await expect(book({ date: day, time: '11:54' }, now)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        field: 'time',
        message: '11:54 has already passed. Choose a later time.',
      });
      await expect(book({ date: shiftDay(day, -1), time: '15:00' }, now)).rejects.toMatchObject({
        field: 'date',
      });
      await expect(book({ date: day, time: '11:56' }, now)).resolves.toBeDefined();
    });

    it('answers an unknown patient, an unknown doctor and one who has no patients alike', async () => {
      const receptionist = await org.addStaff('receptionist', 'Ravi Kumar');
      const date = aDay();
      await expect(book({ date, patientId: '0'.repeat(24) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const doctorId of ['0'.repeat(24), 'nonsense', receptionist.id]) {
        await expect(book({ date, doctorId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      expect(await listDay(ctx, date)).toEqual([]);
    });
  });

  describe('moving', () => {
    it('keeps the appointment, remembers where it was and frees the old time', async () => {
      const date = aDay();
      const { appointment } = await book({ date, time: '10:00' });
      const to = aDay();
      const { appointment: moved } = await move(appointment, { date: to, time: '11:00' });
      expect(moved).toMatchObject({
        id: appointment.id,
        day: to,
        time: '11:00',
        status: 'booked',
        version: 1,
      });
      expect(moved.movedFrom).toEqual({ startsAt: appointment.startsAt, doctorName: 'Dr Asha Rao' });
      expect(await listDay(ctx, date)).toEqual([]);
      await expect(book({ date, time: '10:00' })).resolves.toBeDefined();
    });

    it('may overlap the time that it leaves', async () => {
      const { appointment } = await book({ date: aDay(), time: '10:00', durationMinutes: '30' });
      await expect(move(appointment, { time: '10:15' })).resolves.toMatchObject({
        appointment: { time: '10:15' },
      });
    });

    it('into a taken time is refused with the next three free times, and changes nothing', async () => {
      const date = aDay();
      await book({ date, time: '10:00' });
      const { appointment } = await book({ date, time: '10:15' });
      await expect(move(appointment, { time: '10:00' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: 'Dr Asha Rao is already booked at 10:00. Next free: 10:15, 10:30, 10:45.',
      });
      expect(await getAppointment(ctx, appointment.id)).toEqual(appointment);
    });

    it('lets one of two people win who move the same appointment at once', async () => {
      const date = aDay();
      const { appointment } = await book({ date, time: '10:00' });
      const results = await Promise.allSettled([
        move(appointment, { time: '11:00' }),
        move(appointment, { date: aDay(), time: '12:00' }),
      ]);
      expect(successes(results)).toBe(1);
      expect(codesOf(results)).toEqual(['CONFLICT']);
      expect((await getAppointment(ctx, appointment.id)).version).toBe(1);
    });

    it('lets exactly one of twenty pass that are moved to the same time at once', async () => {
      const date = aDay();
      const target = aDay();
      const booked = await Promise.all(
        Array.from({ length: 20 }, (_, index) => book({ date, time: clockOf(9 * 60 + index * 15) })),
      );
      const results = await Promise.allSettled(
        booked.map(({ appointment }) => move(appointment, { date: target, time: '10:00' })),
      );
      expect(successes(results)).toBe(1);
      expect(await listDay(ctx, target)).toHaveLength(1);
      expect(await listDay(ctx, date)).toHaveLength(19);
    });
  });

  describe('what becomes of it', () => {
    it('cancelled: says why, gives the time back and stays as it is', async () => {
      const date = aDay();
      const { appointment } = await book({ date });
      const cancelled = await cancelAppointment(ctx, {
        appointmentId: appointment.id,
        cancelReason: 'Patient asked',
      });
      expect(cancelled).toMatchObject({ status: 'cancelled', cancelReason: 'Patient asked', version: 1 });
      await expect(book({ date })).resolves.toBeDefined();
      await expect(move(cancelled, { time: '12:00' })).rejects.toThrow('This appointment was cancelled.');
      await expect(
        cancelAppointment(ctx, { appointmentId: appointment.id, cancelReason: 'Again' }),
      ).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('no-show: only after it began, and back only while the time is free', async () => {
      const date = aDay();
      const { appointment } = await book({ date });
      const later = new Date(new Date(appointment.startsAt).getTime() + 60_000);
      await expect(markNoShow(ctx, appointment.id)).rejects.toThrow('The appointment has not begun yet.');
      expect(await markNoShow(ctx, appointment.id, later)).toMatchObject({ status: 'no-show' });
      expect(await undoNoShow(ctx, appointment.id)).toMatchObject({ status: 'booked' });
      await markNoShow(ctx, appointment.id, later);
      await book({ date });
      await expect(undoNoShow(ctx, appointment.id)).rejects.toThrow(
        'Somebody else has been booked at that time.',
      );
    });

    it('checked in and completed inside the queue’s transaction, once', async () => {
      const day = today(ctx.timeZone);
      const { appointment } = await book({ date: day, time: '23:30' }, instantAt(day, '00:01', ctx.timeZone));
      const checkIn = () => ctx.db.transaction((session) => checkInAppointment(ctx, appointment.id, session));
      const results = await Promise.allSettled(Array.from({ length: 5 }, checkIn));
      expect(successes(results)).toBe(1);
      expect(new Set(codesOf(results))).toEqual(new Set(['CONFLICT']));
      expect(results.find(({ status }) => status === 'fulfilled')).toMatchObject({
        value: { patientId: patient.id, doctorId: doctor.id },
      });
      const complete = () =>
        ctx.db.transaction((session) => completeAppointment(ctx, appointment.id, session));
      await complete();
      await complete();
      expect(await getAppointment(ctx, appointment.id)).toMatchObject({ status: 'completed', version: 2 });
    });

    it('does not check in when the queue’s transaction fails, nor on another day', async () => {
      const day = today(ctx.timeZone);
      const { appointment } = await book({ date: day, time: '23:00' }, instantAt(day, '00:01', ctx.timeZone));
      const failing = ctx.db.transaction(async (session) => {
        await checkInAppointment(ctx, appointment.id, session);
        throw new Error('no room');
      });
      await expect(failing).rejects.toThrow('no room');
      expect((await getAppointment(ctx, appointment.id)).status).toBe('booked');

      const { appointment: later } = await book({ date: aDay() });
      await expect(
        ctx.db.transaction((session) => checkInAppointment(ctx, later.id, session)),
      ).rejects.toThrow('This appointment is on another day.');
    });

    it('answers a malformed, a missing and another organization’s id alike', async () => {
      const other = await testOrganization();
      const theirs = other.ctx('receptionist');
      const appointment = await bookAppointment(
        theirs,
        bookAppointmentInput.parse({
          patientId: (await aPatient(theirs)).id,
          doctorId: (await other.doctor()).id,
          date: tomorrow,
          time: '10:00',
        }),
      ).then((booked) => booked.appointment);
      for (const id of ['nonsense', '0'.repeat(24), appointment.id]) {
        const attempts = [
          () => getAppointment(ctx, id),
          () => cancelAppointment(ctx, { appointmentId: id, cancelReason: 'Mine now' }),
          () => markNoShow(ctx, id),
          () => move({ ...appointment, id }, { time: '11:00' }),
        ];
        for (const attempt of attempts) {
          await expect(attempt()).rejects.toMatchObject({
            code: 'NOT_FOUND',
            message: 'We could not find that appointment.',
          });
        }
      }
      expect(await getAppointment(theirs, appointment.id)).toEqual(appointment);
      await other.dispose();
    });
  });

  describe('lists', () => {
    let date: string;

    beforeAll(async () => {
      // Its week lies beyond the days of the other tests.
      date = shiftDay(today(ctx.timeZone), 200);
      const doctors = [await org.doctor({ name: 'Dr Bina' }), await org.doctor({ name: 'Dr Chitra' })];
      const start = instantAt(date, '06:00', ctx.timeZone).getTime();
      await appointmentModel(ctx).insertMany(
        Array.from({ length: 120 }, (_, index) => {
          const startsAt = new Date(start + Math.floor(index / 2) * 600_000);
          const who = doctors[index % 2] ?? doctor;
          return {
            patientId: objectId(patient.id),
            patientName: `Patient ${index % 7}`,
            patientNumber: 'P-000001',
            doctorId: objectId(who.id),
            doctorName: who.name,
            startsAt,
            endsAt: new Date(startsAt.getTime() + 600_000),
            day: date,
            status: index % 10 === 0 ? ('cancelled' as const) : ('booked' as const),
            bookedByName: 'Test',
            version: 0,
          };
        }),
      );
    });

    it('pages forward and back in every order without losing or repeating any', async () => {
      for (const sort of APPOINTMENT_SORTS) {
        const seen: string[] = [];
        const pages: string[][] = [];
        let page = await listAppointments(ctx, { day: date, sort });
        expect(page.before).toBeNull();
        for (;;) {
          const ids = page.appointments.map(({ id }) => id);
          seen.push(...ids);
          pages.push(ids);
          if (!page.after) break;
          page = await listAppointments(ctx, { day: date, sort, after: page.after });
        }
        expect(
          pages.map(({ length }) => length),
          sort,
        ).toEqual([50, 50, 20]);
        expect(new Set(seen).size, sort).toBe(120);
        const back = await listAppointments(ctx, { day: date, sort, before: page.before ?? '' });
        expect(
          back.appointments.map(({ id }) => id),
          sort,
        ).toEqual(pages[1]);
        expect(
          (await listAppointments(ctx, { day: date, sort, before: back.before ?? '' })).appointments.map(
            ({ id }) => id,
          ),
        ).toEqual(pages[0]);
      }
    });

    it('sorts as asked, and starts at the beginning for a cursor that is none', async () => {
      const names = async (sort: 'patient' | '-patient') =>
        (await listAppointments(ctx, { day: date, sort, after: 'nonsense' })).appointments.map(
          ({ patientName }) => patientName,
        );
      const up = await names('patient');
      expect(up).toEqual([...up].sort());
      expect((await names('-patient'))[0]).toBe('Patient 6');
    });

    it('filters by doctor and status, and counts', async () => {
      const [first] = await listDay(ctx, date);
      const mine = await listDay(ctx, date, { doctorId: first?.doctorId, status: 'booked' });
      expect(mine.every(({ doctorId, status }) => doctorId === first?.doctorId && status === 'booked')).toBe(
        true,
      );
      expect(await countDay(ctx, date)).toEqual({
        booked: 108,
        cancelled: 12,
        'checked-in': 0,
        completed: 0,
        'no-show': 0,
      });
      expect((await countDay(ctx, date, first?.doctorId)).booked).toBe(mine.length);
      const week = await weekLoads(ctx, date);
      expect(week).toHaveLength(7);
      expect(new Date(`${week[0]?.day}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(week.find(({ day }) => day === date)?.count).toBe(108);
    });

    it('shows a patient’s appointments newest first', async () => {
      const all = await listAppointmentsOfPatient(ctx, patient.id);
      expect(all).toHaveLength(50);
      const starts = all.map(({ startsAt }) => startsAt);
      expect(starts).toEqual([...starts].sort().reverse());
    });

    it('serves every list from an index, without sorting in memory', async () => {
      const model = appointmentModel(ctx);
      const doctorId = objectId(doctor.id);
      const occupying = op({ $in: ['booked', 'checked-in', 'completed'] });
      const nine = instantAt(date, '09:00', ctx.timeZone).toISOString();
      const after = encodeCursor([nine, '0'.repeat(24)]);
      const queries = {
        day: model.find({ day: date }).sort({ startsAt: 1, _id: 1 }),
        'day of a status': model.find({ day: date, status: 'booked' }).sort({ startsAt: 1, _id: 1 }),
        'day of a doctor': model.find({ day: date, doctorId }).sort({ startsAt: 1, _id: 1 }),
        'by time, after a cursor': findAppointments(ctx, { day: date, sort: 'time', after }).find,
        'by doctor, after a cursor': findAppointments(ctx, {
          day: date,
          sort: 'doctor',
          after: encodeCursor(['Dr', nine, '0'.repeat(24)]),
        }).find,
        'by time, backwards': model.find({ day: date }).sort({ startsAt: -1, _id: -1 }),
        'by patient': model.find({ day: date }).sort({ patientName: 1, _id: 1 }),
        'by doctor': model.find({ day: date }).sort({ doctorName: 1, startsAt: 1, _id: 1 }),
        'of a patient': model.find({ patientId: objectId(patient.id) }).sort({ startsAt: -1, _id: -1 }),
        'busy times': model
          .find(
            Object.assign({ doctorId, day: op({ $gte: date, $lte: shiftDay(date, 13) }), status: occupying }),
          )
          .sort({ day: 1, startsAt: 1, _id: 1 }),
      };
      for (const [name, query] of Object.entries(queries)) {
        const explained = (await query.limit(51).explain('executionStats')) as unknown as {
          executionStats: { executionStages: object; nReturned: number; totalKeysExamined: number };
        };
        const { executionStages, nReturned, totalKeysExamined } = explained.executionStats;
        const stages = JSON.stringify(executionStages);
        expect(stages, name).toContain('IXSCAN');
        expect(stages, name).not.toContain('COLLSCAN');
        expect(stages, name).not.toContain('"SORT"');
        expect(totalKeysExamined, name).toBeLessThanOrEqual(2 * nReturned + 10);
      }
    });
  });
});

describe('an organization whose clocks change', () => {
  let org: Organization;
  beforeAll(async () => {
    org = await testOrganization({ timeZone: 'America/New_York' });
  });
  afterAll(async () => {
    await org.dispose();
    await closeConnections();
  });

  it('books the wall clock of the day, offers a whole working day and refuses the skipped hour', async () => {
    const ctx = org.ctx('receptionist');
    const [patient, doctor] = [await aPatient(ctx), await org.doctor()];
    const before = new Date('2026-03-01T12:00:00Z');
    const on = (date: string, time: string) =>
      bookAppointment(
        ctx,
        bookAppointmentInput.parse({ patientId: patient.id, doctorId: doctor.id, date, time }),
        before,
      );
    const saturday = await on('2026-03-07', '09:00');
    const sunday = await on('2026-03-08', '09:00');
    expect(saturday.appointment.startsAt).toBe('2026-03-07T14:00:00.000Z');
    expect(sunday.appointment.startsAt).toBe('2026-03-08T13:00:00.000Z');
    expect([saturday.appointment.time, sunday.appointment.time]).toEqual(['09:00', '09:00']);
    await expect(on('2026-03-08', '02:30')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'time' });
    const free = await freeTimes(ctx, { doctorId: doctor.id, day: '2026-03-08', now: before });
    expect([free[0], free.at(-1), free.length]).toEqual(['09:15', '16:45', 31]);
    expect((await listDay(ctx, '2026-03-08')).map(({ id }) => id)).toEqual([sunday.appointment.id]);
  });
});

describe('a time zone that is corrected', () => {
  afterAll(closeConnections);

  it('leaves what is booked on its day and at its hour, once, and what was booked since as it is', async () => {
    const org = await testOrganization({ timeZone: 'UTC' });
    try {
      const ctx = org.ctx();
      const doctor = await org.doctor();
      const patientId = (await aPatient(ctx)).id;
      const date = shiftDay(today('UTC'), 3);
      const input = bookAppointmentInput.parse({
        patientId,
        doctorId: doctor.id,
        date,
        time: '22:00',
        durationMinutes: '15',
      });
      const { appointment } = await bookAppointment(ctx, input);
      const change = { from: 'UTC', to: 'Asia/Kolkata', at: new Date().toISOString() };
      const corrected = { ...ctx, timeZone: 'Asia/Kolkata' };
      const since = await bookAppointment(corrected, { ...input, time: '09:00' });
      expect(await followTimeZone(ctx, change)).toBe(1);
      expect(await followTimeZone(ctx, change)).toBe(0);
      const times = (await listDay(corrected, date)).map(({ day, time, endTime }) => [day, time, endTime]);
      expect(times).toEqual([
        [date, '09:00', '09:15'],
        [date, '22:00', '22:15'],
      ]);
      expect((await getAppointment(corrected, since.appointment.id)).version).toBe(0);
      // The hour is taken still.
      await expect(bookAppointment(corrected, { ...input, patientId })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect((await getAppointment(corrected, appointment.id)).version).toBe(1);
    } finally {
      await org.dispose();
    }
  });
});
