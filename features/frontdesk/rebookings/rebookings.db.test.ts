import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import {
  countStranded,
  findStranded,
  freeTimes,
  getAppointment,
  listDay,
  nextFreeTimes,
} from '@/features/frontdesk/appointments/queries';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import {
  bookAppointment,
  cancelAppointment,
  markNoShow,
  moveAppointment,
  undoNoShow,
} from '@/features/frontdesk/appointments/service';
import { revisionOfWeeks } from '@/features/frontdesk/schedules/dto';
import { absenceModel, scheduleModel } from '@/features/frontdesk/schedules/model';
import { MOST_WEEKS } from '@/features/frontdesk/schedules/policy';
import {
  findAbsences,
  findWeeks,
  listAbsences,
  listWeeks,
  readPlans,
} from '@/features/frontdesk/schedules/queries';
import { absenceInput, saveScheduleInput } from '@/features/frontdesk/schedules/schema';
import { recordDeath, undoDeath } from '@/features/patients/patients/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { anAbsence, aSchedule } from '@/tests/builders/schedule';
import { absenceChange, assertReadWhole, findBooked, scheduleChange } from './change';
import { listToCall, previewChange } from './queries';
import { deleteAbsence, deleteSchedule, saveSchedule } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
type Book = Partial<Record<'date' | 'time' | 'durationMinutes' | 'overbookReason' | 'doctorId', string>>;

const fulfilled = <T>(results: PromiseSettledResult<T>[]): T[] =>
  results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code?: string }).code] : []));

describe('schedules', () => {
  let org: Organization;
  let ctx: TenantContext;
  let reception: TenantContext;
  let patientId: string;
  let doctor: { id: string; name: string };
  let days = 0;

  const aDay = (): string => shiftDay(today(ctx.timeZone), 2 + ++days);
  const book = async (as: TenantContext, facts: Book = {}) =>
    (
      await bookAppointment(
        as,
        bookAppointmentInput.parse({ patientId, doctorId: doctor.id, date: aDay(), time: '09:00', ...facts }),
      )
    ).appointment;
  const seenOf = async (facts: { doctorId: string; fromDay: string }) =>
    previewChange(ctx, absenceChange(absenceInput.parse({ toDay: facts.fromDay, reason: 'Away', ...facts })));

  beforeAll(async () => {
    org = await testOrganization();
    ctx = org.ctx('owner');
    reception = org.ctx('receptionist');
    patientId = (await aPatient(ctx)).id;
  });
  afterAll(async () => {
    await org.dispose();
    await closeConnections();
  });

  it('leave a doctor without hours as before: offered from nine to five, and bookable at any other time', async () => {
    doctor = await org.doctor({ name: 'Dr Without' });
    const date = aDay();
    expect(await freeTimes(ctx, { doctorId: doctor.id, day: date })).toHaveLength(32);
    expect((await book(reception, { date, time: '07:05' })).overbookReason).toBe('');
  });

  describe('of a doctor with hours', () => {
    beforeAll(async () => {
      doctor = await org.doctor({ name: 'Dr Hours' });
      await aSchedule(ctx, doctor.id, { hours: '9-12', breaks: '10-10:30' });
    });

    it('say what is free, and go round leave when the next time is looked for', async () => {
      const date = aDay();
      const free = await freeTimes(ctx, { doctorId: doctor.id, day: date });
      expect([free[0], free[3], free[4], free.at(-1), free.length]).toEqual([
        ...['09:00', '09:45', '10:30', '11:45', 10],
      ]);
      await anAbsence(ctx, { doctorId: doctor.id, fromDay: date });
      expect(await freeTimes(ctx, { doctorId: doctor.id, day: date })).toEqual([]);
      const next = await nextFreeTimes(ctx, { doctorId: doctor.id, from: date, count: 1 });
      expect(next).toEqual([{ day: shiftDay(date, 1), time: '09:00' }]);
    });

    it('refuse another time, and let it be booked with the right and a reason, never with one alone', async () => {
      const date = aDay();
      for (const time of ['08:00', '10:00', '09:05']) {
        await expect(book(reception, { date, time, overbookReason: 'Emergency' })).rejects.toMatchObject({
          code: 'CONFLICT',
          field: 'time',
        });
        await expect(book(ctx, { date, time })).rejects.toMatchObject({
          code: 'CONFLICT',
          field: 'overbookReason',
        });
      }
      expect(await listDay(ctx, date)).toEqual([]);
      const booked = await book(ctx, { date, time: '08:00', overbookReason: 'Emergency' });
      expect(booked).toMatchObject({ time: '08:00', overbookReason: 'Emergency' });
      // A reason that was not needed says nothing.
      expect((await book(ctx, { date, overbookReason: 'Emergency' })).overbookReason).toBe('');
      const moved = await moveAppointment(ctx, {
        ...{ appointmentId: booked.id, version: 0, doctorId: doctor.id, date, time: '11:00' },
        durationMinutes: 15,
      });
      expect(moved.appointment.overbookReason).toBe('');
    });

    it('give a no-show back that was put on top of a full slot, and one without that only into a free one', async () => {
      const date = aDay();
      const plain = await book(reception, { date });
      const onTop = await book(ctx, { date, overbookReason: 'Emergency' });
      const later = new Date(Date.parse(onTop.startsAt) + 60_000);
      await markNoShow(reception, onTop.id, later);
      expect(await undoNoShow(reception, onTop.id)).toMatchObject({ status: 'booked' });
      await markNoShow(reception, plain.id, later);
      await expect(undoNoShow(reception, plain.id)).rejects.toThrow('Somebody else has been booked');
    });

    it('refuse a full slot with the next free ones', async () => {
      const date = aDay();
      await book(reception, { date });
      await expect(book(reception, { date })).rejects.toThrow(
        `${doctor.name} is already booked at 09:00. Next free: 09:15, 09:30, 09:45.`,
      );
    });
  });

  describe('with several patients in a slot', () => {
    beforeAll(async () => {
      doctor = await org.doctor({ name: 'Dr Many' });
      await aSchedule(ctx, doctor.id, { capacity: '2' });
    });

    it('give the last place to one of two who book it at once', async () => {
      const date = aDay();
      await book(reception, { date });
      const results = await Promise.allSettled([book(reception, { date }), book(ctx, { date })]);
      expect(fulfilled(results)).toHaveLength(1);
      expect(refusals(results)).toEqual(['CONFLICT']);
    });

    it('hold no more than their places, whoever books what at once', async () => {
      const date = aDay();
      const times = ['09:00', '09:15', '09:00', '09:05', '09:15', '08:55'];
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, index) =>
          book(reception, {
            date,
            time: times[index % times.length] ?? '',
            durationMinutes: index % 2 ? '15' : '30',
          }),
        ),
      );
      expect(new Set(refusals(results))).toEqual(new Set(['CONFLICT']));
      const booked = await listDay(ctx, date);
      expect(booked).toHaveLength(fulfilled(results).length);
      for (const { startsAt } of booked)
        expect(
          booked.filter((other) => other.startsAt <= startsAt && startsAt < other.endsAt).length,
        ).toBeLessThanOrEqual(2);
      expect(booked.length).toBeGreaterThan(1);
    });
  });

  describe('that change', () => {
    beforeAll(async () => {
      doctor = await org.doctor({ name: 'Dr Change' });
      await aSchedule(ctx, doctor.id);
    });

    it('show whom they leave first, put them on the list to call, and one press moves each', async () => {
      const date = aDay();
      const [first, second] = [
        await book(reception, { date }),
        await book(reception, { date, time: '09:15' }),
      ];
      const leave = { doctorId: doctor.id, fromDay: date };
      const preview = await seenOf(leave);
      expect(preview.left.map(({ id }) => id)).toEqual([first.id, second.id]);
      await expect(anAbsence(ctx, leave)).rejects.toMatchObject({ code: 'CONFLICT', field: 'seen' });
      expect(await listAbsences(ctx, date)).not.toContainEqual(expect.objectContaining({ fromDay: date }));
      expect(await countStranded(ctx)).toBe(0);

      // Somebody books after the list was shown: it is shown again.
      const third = await book(reception, { date, time: '11:00' });
      await expect(anAbsence(ctx, { ...leave, seen: preview.seen })).rejects.toMatchObject({ field: 'seen' });
      await cancelAppointment(reception, { appointmentId: third.id, cancelReason: 'Another day' });
      expect(await anAbsence(ctx, { ...leave, seen: preview.seen })).toMatchObject({ left: 2 });

      const toCall = await listToCall(reception);
      expect(toCall.map(({ appointment }) => appointment.id)).toEqual([first.id, second.id]);
      expect(toCall[0]?.phone).toMatch(/98450/);
      const next = shiftDay(date, 1);
      expect(toCall.map(({ proposal }) => proposal)).toEqual([
        { day: next, time: '09:00' },
        { day: next, time: '09:15' },
      ]);
      // Of somebody who has died only the appointment is left: nobody is rung, and nothing is proposed.
      const { patientId } = first;
      await recordDeath(reception, { patientId, deceasedOn: today(ctx.timeZone) });
      expect((await listToCall(reception))[0]).toMatchObject({
        isToBeAsked: false,
        phone: '',
        proposal: null,
      });
      await undoDeath(reception, { patientId });
      for (const { appointment, proposal } of toCall)
        await moveAppointment(reception, {
          appointmentId: appointment.id,
          doctorId: appointment.doctorId,
          date: proposal?.day ?? '',
          time: proposal?.time ?? '',
          durationMinutes: 15,
          version: appointment.version,
        });
      expect(await listToCall(reception)).toEqual([]);
      expect(await countStranded(ctx)).toBe(0);
    });

    it('give the time back when leave is deleted', async () => {
      const date = aDay();
      const booked = await book(reception, { date });
      const { seen } = await seenOf({ doctorId: doctor.id, fromDay: date });
      await anAbsence(ctx, { doctorId: doctor.id, fromDay: date, seen });
      expect((await getAppointment(ctx, booked.id)).isStranded).toBe(true);
      const absence = (await listAbsences(ctx, date)).find(({ fromDay }) => fromDay === date);
      await deleteAbsence(ctx, absence?.id ?? '');
      expect((await getAppointment(ctx, booked.id)).isStranded).toBe(false);
      expect(await countStranded(ctx)).toBe(0);
      await expect(deleteAbsence(ctx, absence?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('are deleted also where somebody does not fit without them, who comes onto the list', async () => {
      const date = aDay();
      await aSchedule(ctx, doctor.id);
      const booked = await book(reception, { date });
      await anAbsence(ctx, { doctorId: doctor.id, fromDay: date, from: '11:00', to: '11:30' });
      // As a clock of another zone, or a file of before, may have left it: no hours are there at all.
      const at = new Date(Date.parse(booked.startsAt) - 4 * 3_600_000);
      await appointmentModel(ctx).updateOne(
        { _id: objectId(booked.id) },
        { $set: { startsAt: at, endsAt: new Date(at.getTime() + 900_000) } },
      );
      const absence = (await listAbsences(ctx, date)).find(({ fromDay }) => fromDay === date);
      expect(await deleteAbsence(ctx, absence?.id ?? '')).toMatchObject({ left: 1 });
      expect((await getAppointment(ctx, booked.id)).isStranded).toBe(true);
      await cancelAppointment(ctx, { appointmentId: booked.id, cancelReason: 'Test' });
    });

    it('leave nobody unseen when somebody books while leave is entered', async () => {
      for (let round = 0; round < 4; round++) {
        const date = aDay();
        await Promise.allSettled([
          anAbsence(ctx, { doctorId: doctor.id, fromDay: date }),
          book(reception, { date }),
          book(reception, { date, time: '09:15' }),
        ]);
        const isAway = (await listAbsences(ctx, date)).some(({ fromDay }) => fromDay === date);
        const booked = await listDay(ctx, date);
        // Either the leave was first and nobody is booked, or it was refused because somebody was.
        expect(isAway ? booked : booked.slice(0, 0)).toEqual([]);
        expect(isAway || booked.length > 0).toBe(true);
      }
    });

    it('of a holiday leave the patients of every doctor', async () => {
      const date = aDay();
      const other = await org.doctor({ name: 'Dr Other' });
      await book(reception, { date });
      await book(reception, { date, doctorId: other.id, time: '13:00' });
      const holiday = { doctorId: 'all', fromDay: date, reason: 'Diwali' };
      const { seen, left } = await seenOf(holiday);
      expect(left.map(({ doctorName }) => doctorName)).toEqual([doctor.name, 'Dr Other']);
      expect(await anAbsence(ctx, { ...holiday, seen })).toMatchObject({ left: 2 });
      await expect(book(reception, { date, doctorId: other.id, time: '14:00' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      for (const { appointment } of await listToCall(ctx))
        await cancelAppointment(ctx, { appointmentId: appointment.id, cancelReason: 'Holiday' });
      expect(await countStranded(ctx)).toBe(0);
    });

    it('to shorter hours from a day on leave who is later, and the days before as they were', async () => {
      const [before, after] = [aDay(), aDay()];
      await book(reception, { date: before, time: '11:30' });
      const late = await book(reception, { date: after, time: '11:30' });
      await expect(aSchedule(ctx, doctor.id, { fromDay: after, hours: '9-11' })).rejects.toMatchObject({
        field: 'seen',
      });
      const weeks = await listWeeks(ctx, [doctor.id]);
      expect(weeks).toHaveLength(1);
      const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [`hours${weekday}`, '9-11']));
      const { seen: _seen, ...input } = saveScheduleInput.parse({
        ...{ doctorId: doctor.id, fromDay: after, slotMinutes: '15', capacity: '1', walkInPercent: '0' },
        ...days,
        version: revisionOfWeeks(weeks),
      });
      const { seen, left } = await previewChange(ctx, scheduleChange(input, ctx.branch.id));
      expect(left.map(({ id }) => id)).toEqual([late.id]);
      expect(await saveSchedule(ctx, { ...input, seen })).toMatchObject({ left: 1 });
      // Who had the page open before that is told.
      await expect(saveSchedule(ctx, { ...input, seen: '' })).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await freeTimes(ctx, { doctorId: doctor.id, day: before })).toContain('11:15');
      expect(await freeTimes(ctx, { doctorId: doctor.id, day: after })).not.toContain('11:15');
      const [newest] = await listWeeks(ctx, [doctor.id]);
      expect(await deleteSchedule(ctx, { scheduleId: newest?.id ?? '', seen: '' })).toMatchObject({
        left: 0,
      });
      expect(await countStranded(ctx)).toBe(0);
    });
  });

  it('of a thousand doctors are all read, and of one no more are kept than can be', async () => {
    const own = await testOrganization();
    try {
      const there = own.ctx('owner');
      const facts = { slotMinutes: 15, capacity: 1, walkInPercent: 0, savedByName: 'Test' };
      const week = (doctorId: string, index: number) => ({
        ...{ doctorId: objectId(doctorId), fromDay: shiftDay('2001-01-01', index), ...facts },
        hours: [{ weekday: 1, from: '09:00', to: '12:00' }],
      });
      const many = Array.from({ length: 2_001 }, () => newObjectId().toString());
      await scheduleModel(there).insertMany(many.map((id) => week(id, 0)));
      const last = [...many].sort().at(-1) ?? '';
      const plans = await readPlans(there, { since: '2026-06-01' });
      expect(plans.of(last, '2026-06-01').isSet).toBe(true);

      const { id } = await own.doctor();
      await scheduleModel(there).insertMany(Array.from({ length: MOST_WEEKS }, (_, at) => week(id, at)));
      await expect(aSchedule(there, id)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
      // One that is there already is changed as ever.
      await aSchedule(there, id, { fromDay: '2001-01-01' });
    } finally {
      await own.dispose();
    }
  });

  it('are changed for all who are booked, or not at all', () => {
    expect(() => assertReadWhole(50_000)).not.toThrow();
    expect(() => assertReadWhole(50_001)).toThrow('Nothing was saved; enter the days in parts.');
  });

  it('in New York keep their hours over a change of the clocks', async () => {
    const there = await testOrganization({ timeZone: 'America/New_York' });
    try {
      const owner = there.ctx('owner');
      const { id: doctorId } = await there.doctor();
      await aSchedule(owner, doctorId, { fromDay: '2026-01-01', hours: '0-4', slotMinutes: '30' });
      const now = new Date('2026-01-02T12:00:00Z');
      const free = async (day: string) => freeTimes(owner, { doctorId, day, durationMinutes: 30, now });
      expect(await free('2026-03-07')).toHaveLength(8);
      expect(await free('2026-03-08')).toEqual(['00:00', '00:30', '01:00', '01:30', '03:00', '03:30']);
      expect(await free('2026-11-01')).toHaveLength(8);
    } finally {
      await there.dispose();
    }
  });

  it('of another organization are not found, and stay as they are', async () => {
    const theirs = await testOrganization();
    try {
      const stranger = theirs.ctx('owner');
      await expect(aSchedule(stranger, doctor.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const [week] = await listWeeks(ctx, [doctor.id]);
      const [absence] = await listAbsences(ctx, '2020-01-01');
      for (const refused of [
        () => deleteSchedule(stranger, { scheduleId: week?.id ?? '', seen: '' }),
        () => deleteAbsence(stranger, absence?.id ?? ''),
        () => anAbsence(stranger, { doctorId: doctor.id, fromDay: aDay() }),
      ])
        await expect(refused()).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await listWeeks(ctx, [doctor.id])).toContainEqual(week);
    } finally {
      await theirs.dispose();
    }
  });

  it('are read by their indexes', async () => {
    const old = Array.from({ length: 80 }, (_, index) => ({
      ...{ fromDay: `2019-01-${String(1 + (index % 28)).padStart(2, '0')}`, toDay: '2019-02-01' },
      ...{ reason: '', savedByName: 'Test' },
    }));
    await absenceModel(ctx).insertMany(old);
    const startsAt = new Date('2031-01-05T04:00:00Z');
    await appointmentModel(ctx).insertMany(
      Array.from({ length: 80 }, () => ({
        _id: newObjectId(),
        ...{ patientId: objectId(patientId), patientName: 'P', patientNumber: 'P1' },
        ...{ doctorId: newObjectId(), doctorName: 'Dr Far', bookedByName: 'T', version: 0 },
        ...{ startsAt, endsAt: new Date(startsAt.getTime() + 900_000), day: '2031-01-05', status: 'booked' },
      })),
    );
    const now = new Date();
    for (const query of [
      findWeeks(ctx, [doctor.id]),
      findAbsences(ctx, today(ctx.timeZone)),
      findStranded(ctx, now).limit(50),
      findBooked(ctx, { doctorId: doctor.id, fromDay: '2026-01-01', after: (before) => before }, now),
      findBooked(ctx, { doctorId: null, fromDay: aDay(), after: (before) => before }, now),
    ])
      expectIndexed(await query.explain('executionStats'));
  });
});
