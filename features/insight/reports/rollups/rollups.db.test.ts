import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { linkVisits } from '@/features/fleet/migrations/link-visits';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { APPOINTMENT_STATUSES } from '@/features/frontdesk/appointments/policy';
import { cancelAppointment } from '@/features/frontdesk/appointments/service';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { closeEarlierVisits } from '@/features/frontdesk/queue/service/close-earlier-visits';
import { linkVisitsOf } from '@/features/frontdesk/queue/visit-links';
import { dayChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayOf, shiftDay, shiftMonth } from '@/lib/time';
import { dayRange, instantAt } from '@/lib/wall-clock';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
import { cohortsOf } from '../retention';
import { summarizeDay } from './day';
import { rollupModel, rollupStateModel } from './model';
import { bringUpToDate, readSummaries, rebuildRollups } from './roll-up';
import { fromStored } from './stored';

/** Clocks go forward on 2026-03-29 and back on 2026-10-25. */
const ZONE = 'Europe/Berlin';
const doctors = [newObjectId(), newObjectId()] as const;
const medicines = [newObjectId(), newObjectId()] as const;
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' });
const hourOf = (instant: Date): number => Number(clock.format(instant));

describe('the roll-ups of an organization', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;
  let number = 0;
  /** Who was registered so far: the visits of later days are theirs too. */
  const known: ReturnType<typeof newObjectId>[] = [];
  beforeAll(async () => {
    organization = await testOrganization({ timeZone: ZONE });
    ctx = organization.ctx();
  });
  afterEach(async () => {
    known.length = 0;
    const models = [patientModel, visitModel, queueEntryModel, appointmentModel, movementModel];
    for (const model of [...models, rollupModel, rollupStateModel, dayChangeModel])
      await model(ctx).collection.deleteMany({});
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  const appointment = (day: Day, time: string, status: (typeof APPOINTMENT_STATUSES)[number]) => {
    const startsAt = instantAt(day, time, ZONE);
    return {
      patientId: newObjectId(),
      patientName: 'Asha Rai',
      patientNumber: 'P-1',
      doctorId: doctors[0],
      doctorName: 'Dr Rao',
      startsAt,
      endsAt: new Date(startsAt.getTime() + 15 * 60_000),
      day,
      status,
      bookedByName: 'Owner',
      version: 0,
    };
  };

  /** A day of records at odd times: one patient, visits that wait, a dispense and its return. */
  async function live(day: Day, visitsToday: number) {
    const patient = { name: 'Asha Rai', number: 'P-1', sex: 'female', dateOfBirth: '1980-01-01' };
    number += 1;
    const registered = newObjectId();
    known.push(registered);
    await patientModel(ctx).collection.insertOne({
      _id: registered,
      number: `P-${number}`,
      sequence: number,
      // The last minute of the day: another day in UTC.
      createdAt: instantAt(day, '23:59', ZONE),
    });
    for (let index = 0; index < visitsToday; index++) {
      const at = instantAt(day, `${String(7 + index).padStart(2, '0')}:30`, ZONE);
      const visitId = newObjectId();
      const doctorId = doctors[index % 2];
      await visitModel(ctx).create({
        _id: visitId,
        patientId: known[index % known.length] ?? registered,
        patient,
        day,
        token: index + 1,
        ...(doctorId ? { doctorId, doctorName: `Dr ${index % 2}` } : {}),
        status: index % 3 === 2 ? 'cancelled' : 'finished',
        priority: 'normal',
        startedAt: at,
        checkedInByName: 'Owner',
      });
      const minutes = (count: number) => new Date(at.getTime() + count * 60_000);
      const step = (
        sequence: number,
        station: 'reception' | 'optometry' | 'doctor',
        from: number,
        begun: number,
      ) => ({
        visitId,
        patientId: newObjectId(),
        patient,
        day,
        token: index + 1,
        sequence,
        station,
        status: 'done' as const,
        isOpen: false,
        priority: 'normal' as const,
        priorityRank: 2,
        waitingSince: minutes(from),
        queuedAt: minutes(from),
        startedAt: minutes(begun),
        // The second patient's step is forgotten overnight.
        endedAt: minutes(begun + (station === 'doctor' && index === 1 ? 1_500 : 7)),
        timesRequeued: 0,
        ...(station === 'reception' ? {} : { room: station === 'doctor' ? `Room ${index % 2}` : 'Desk' }),
        ...(doctorId ? { doctorId } : {}),
        byUserId: 'u',
        byName: 'Owner',
      });
      await queueEntryModel(ctx).create([
        step(1, 'reception', 0, 0),
        step(2, 'optometry', 1, 5 + index),
        step(3, 'doctor', 15, 20 + index * 9),
      ]);
    }
    await linkVisitsOf(ctx, known);
    await appointmentModel(ctx).create([
      appointment(day, '09:00', 'completed'),
      appointment(day, '10:00', 'no-show'),
    ]);
    const movement = (
      medicine: number,
      kind: 'dispense' | 'return' | 'receipt',
      quantity: number,
      time: string,
    ) => ({
      medicineId: medicines[medicine] ?? newObjectId(),
      batchId: newObjectId(),
      lotNumber: 'L1',
      kind,
      quantity,
      onHandAfter: 100,
      byUserId: 'u',
      byName: 'Owner',
      at: instantAt(day, time, ZONE),
    });
    await movementModel(ctx).create([
      movement(0, 'dispense', -5, '00:01'),
      movement(0, 'return', 2, '12:00'),
      movement(1, 'dispense', -1, '23:58'),
      movement(1, 'receipt', 50, '08:00'),
    ]);
  }

  /** The same figures the slow way: everything is read, and put to its day in memory. */
  async function recomputed(day: Day) {
    const { start, end } = dayRange(day, ZONE);
    const isWithin = (at: Date) => at >= start && at < end;
    const [patients, visits, steps, appointments, movements] = await Promise.all([
      patientModel(ctx).find().lean(),
      visitModel(ctx).find().lean(),
      queueEntryModel(ctx).find().lean(),
      appointmentModel(ctx).find().lean(),
      movementModel(ctx).find().lean(),
    ]);
    const seenMinutes = visits
      .filter((visit) => visit.day === day)
      .flatMap((visit) => {
        const begun = steps.find(
          ({ visitId, station }) => visitId.equals(visit._id) && station === 'doctor',
        )?.startedAt;
        return begun ? [Math.floor((begun.getTime() - visit.startedAt.getTime()) / 60_000)] : [];
      })
      .sort((a, b) => a - b);
    // Minute by minute: who was with a patient, and which room was in use.
    const minutesOf = (chosen: typeof steps): number => {
      const used = new Set<number>();
      for (const { startedAt, endedAt } of chosen)
        for (
          let at = Number(startedAt);
          at < Math.min(Number(endedAt), Number(startedAt) + 240 * 60_000, end.getTime());
          at += 60_000
        )
          used.add(at);
      return used.size;
    };
    const ofDay = steps.filter((step) => step.day === day && step.station !== 'reception');
    const lasting = (doctorId: (typeof doctors)[number], statuses: readonly string[]) =>
      appointments
        .filter((one) => one.day === day && one.doctorId.equals(doctorId) && statuses.includes(one.status))
        .reduce((sum, { startsAt, endsAt }) => sum + Number(endsAt) - Number(startsAt), 0);
    const work = doctors
      .map((id) => ({
        doctorId: id.toString(),
        bookedMs: lasting(id, ['booked', 'checked-in', 'completed']),
        missedMs: lasting(id, ['no-show']),
        workedMs:
          minutesOf(ofDay.filter(({ station, doctorId }) => station === 'doctor' && doctorId?.equals(id))) *
          60_000,
      }))
      .filter(({ bookedMs, missedMs, workedMs }) => bookedMs + missedMs + workedMs > 0)
      .sort((a, b) => a.doctorId.localeCompare(b.doctorId));
    const rooms = ['Desk', 'Room 0', 'Room 1'].flatMap((room) => {
      const here = ofDay.filter((step) => step.room === room);
      return here.length > 0 ? [{ room, patients: here.length, workedMs: minutesOf(here) * 60_000 }] : [];
    });
    const earlierOf = (visit: (typeof visits)[number]) =>
      visits.filter(
        (one) => one.patientId.equals(visit.patientId) && Number(one.startedAt) < Number(visit.startedAt),
      );
    const ofPatients = visits.filter((visit) => visit.day === day);
    const back = ofPatients.flatMap((visit) => {
      const days = earlierOf(visit)
        .map((one) => one.day)
        .sort();
      const [first = '', last = ''] = [days[0], days.at(-1)];
      return first !== '' && last.slice(0, 7) < day.slice(0, 7) ? [first.slice(0, 7)] : [];
    });
    const given = medicines.map((id) => ({
      medicineId: id.toString(),
      quantity: -movements
        .filter(({ medicineId, kind, at }) => medicineId.equals(id) && kind !== 'receipt' && isWithin(at))
        .reduce((sum, { quantity }) => sum + quantity, 0),
    }));
    return {
      registered: patients.filter(({ createdAt }) => isWithin(createdAt)).length,
      visits: ofPatients.length,
      newPatients: ofPatients.filter((visit) => earlierOf(visit).length === 0).length,
      cameBack: [...new Set(back)]
        .sort()
        .map((month) => ({ month, patients: back.filter((one) => one === month).length })),
      left: visits.filter((visit) => visit.day === day && visit.status === 'cancelled').length,
      appointments: Object.fromEntries(
        APPOINTMENT_STATUSES.map((status) => [
          status,
          appointments.filter((one) => one.day === day && one.status === status).length,
        ]),
      ),
      seenMinutes,
      work,
      rooms,
      stations: ['optometry', 'doctor'].flatMap((station) => {
        const waits = steps
          .filter((step) => step.day === day && step.station === station && step.startedAt)
          .map(({ startedAt, waitingSince }) => Number(startedAt) - Number(waitingSince));
        return waits.length > 0
          ? [{ station, patients: waits.length, waitedMs: waits.reduce((sum, one) => sum + one, 0) }]
          : [];
      }),
      dispensed: given
        .filter(({ quantity }) => quantity !== 0)
        .sort((a, b) => a.medicineId.localeCompare(b.medicineId)),
      flow: (['optometry', 'doctor'] as const).flatMap((station) =>
        Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) => {
          const joined = ofDay.filter(
            (step) => step.station === station && step.startedAt && hourOf(step.waitingSince) === hour,
          );
          const waitedMs = joined.reduce(
            (sum, one) => sum + Number(one.startedAt) - Number(one.waitingSince),
            0,
          );
          return joined.length > 0 ? [{ station, hour, patients: joined.length, waitedMs }] : [];
        }),
      ),
      // Examinations have a test of their own beside this one.
      examined: 0,
      diagnoses: [],
      outcomes: [],
    };
  }

  async function expectExact(range: { from: Day; to: Day }, now: Date) {
    const { days, preparedThrough } = await readSummaries(ctx, range, now);
    expect(preparedThrough).toBeNull();
    for (let day = range.from; day <= range.to; day = shiftDay(day, 1)) {
      const found = days.filter((one) => one.day === day);
      expect(found).toHaveLength(1);
      const [summary] = found;
      if (!summary) throw new Error('no summary');
      const { seen, stations, arrivals, work, doctors: byDoctor, day: _, ...facts } = summary;
      const {
        seenMinutes,
        stations: expectedStations,
        work: expectedWork,
        ...expected
      } = await recomputed(day);
      expect(facts).toEqual(expected);
      expect(work.map(({ name: _name, ...figures }) => figures)).toEqual(expectedWork);
      expect(seen.waits.flatMap(({ minutes, patients }) => Array(patients).fill(minutes))).toEqual(
        seenMinutes,
      );
      expect(stations.map(({ station, patients, waitedMs }) => ({ station, patients, waitedMs }))).toEqual(
        expectedStations,
      );
      expect(arrivals.reduce((sum, { patients }) => sum + patients, 0)).toBe(summary.visits);
      expect(byDoctor.reduce((sum, { visits }) => sum + visits, 0)).toBe(summary.visits);
    }
    return days;
  }

  it('equal a plain recomputation over the night when clocks change, and today is read live', async () => {
    const now = instantAt('2026-03-31', '15:00', ZONE);
    for (const [index, day] of ['2026-03-28', '2026-03-29', '2026-03-31'].entries())
      await live(day, 3 + index);
    const days = await expectExact({ from: '2026-03-28', to: '2026-03-31' }, now);
    expect(days.map(({ visits }) => visits)).toEqual([3, 4, 0, 5]);
    expect(days[1]?.arrivals).toEqual([7, 8, 9, 10].map((hour) => ({ hour, patients: 1 })));
    expect((await rollupModel(ctx).find().lean()).map(({ _id }) => _id).sort()).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ]);
  });

  it('count who still waits for the doctor, on the day itself and not afterwards', async () => {
    const day = '2026-03-31';
    const at = (time: string) => instantAt(day, time, ZONE);
    const stations = ['optometry', 'doctor', 'pharmacy'] as const;
    for (const station of stations) {
      const visit = await aVisit(ctx, {}, at('09:00'));
      const changed = { station, status: 'waiting', isOpen: true };
      await queueEntryModel(ctx).collection.updateOne(
        { visitId: objectId(visit.id), isOpen: true },
        { $set: changed },
      );
    }
    const seenAt = async (now: Date) => (await summarizeDay(ctx, day, now)).seen;
    // Who waits at the pharmacy does not wait for the doctor.
    expect((await seenAt(at('09:40'))).waits).toEqual([{ minutes: 40, patients: 2 }]);
    expect((await seenAt(instantAt('2026-04-01', '09:00', ZONE))).waits).toEqual([]);
  });

  it('count each new patient once, and once in each later month, however often they come', async () => {
    for (const day of ['2026-02-27', '2026-02-28', '2026-03-02', '2026-03-10', '2026-04-01'])
      await live(day, 5);
    const now = instantAt('2026-04-02', '12:00', ZONE);
    const days = await expectExact({ from: '2026-02-27', to: '2026-04-02' }, now);
    const monthsOf = new Map<string, Set<string>>();
    for (const { patientId, day } of await visitModel(ctx).find().sort({ startedAt: 1 }).lean())
      monthsOf.set(
        patientId.toString(),
        (monthsOf.get(patientId.toString()) ?? new Set<string>()).add(day.slice(0, 7)),
      );
    const cohorts = cohortsOf(days, '2026-04-02');
    expect(cohorts.map(({ month }) => month)).toEqual([
      ...[5, 6, 7, 8, 9, 10, 11, 12].map((month) => `2025-${String(month).padStart(2, '0')}`),
      ...[1, 2, 3, 4].map((month) => `2026-0${month}`),
    ]);
    for (const { month, patients, again } of cohorts) {
      const members = [...monthsOf.values()].filter((months) => [...months][0] === month);
      expect(patients).toBe(members.length);
      expect(again).toEqual(
        again.map((_, index) => {
          const later = shiftMonth(month, index + 1);
          return later > '2026-04' ? null : members.filter((months) => months.has(later)).length;
        }),
      );
    }
    expect(cohorts.map(({ patients }) => patients).filter(Boolean)).toEqual([2, 2, 1]);
  });

  it('know by the check-in itself what a visit follows, also where older visits never said', async () => {
    const { id } = await aPatient(ctx);
    const come = (day: Day) =>
      aVisit(ctx, { patientId: id, station: 'doctor' }, instantAt(day, '10:00', ZONE));
    await come('2026-02-20');
    await come('2026-02-27');
    await visitModel(ctx).updateMany({}, { $unset: { firstDay: 1, previousDay: 1 } });
    await come('2026-03-03');
    await come('2026-03-04');
    const rows = await visitModel(ctx).find().sort({ startedAt: 1 }).lean();
    expect(rows.map(({ previousDay, firstDay }) => [previousDay, firstDay])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['2026-02-27', '2026-02-20'],
      ['2026-03-03', '2026-02-20'],
    ]);
    const [doctorId] = doctors;
    await visitModel(ctx).updateMany({}, { $set: { doctorId, doctorName: 'Dr 0' } });
    // The migration writes what is missing, changes nothing else, and has the days counted again.
    await bringUpToDate(ctx, { now: instantAt('2026-03-06', '12:00', ZONE) });
    let changed = 0;
    const done = async (_: unknown, count: number) => {
      changed += count;
    };
    const progress = { from: null, done };
    await linkVisits(ctx.db, progress);
    expect(changed).toBe(2);
    await linkVisits(ctx.db, progress);
    expect(changed).toBe(2);
    const days = await expectExact(
      { from: '2026-02-20', to: '2026-03-06' },
      instantAt('2026-03-06', '12:00', ZONE),
    );
    expect(days.map(({ newPatients }) => newPatients).filter(Boolean)).toEqual([1]);
    expect(days.find(({ day }) => day === '2026-03-04')?.cameBack).toEqual([]);
  });

  it('leave a day that has only just ended to be read live, so that a write in flight is not missed', async () => {
    await live('2026-10-24', 1);
    await live('2026-10-25', 2);
    await bringUpToDate(ctx, { now: instantAt('2026-10-26', '00:05', ZONE) });
    expect(await rollupModel(ctx).exists({ _id: '2026-10-25' })).toBeNull();
    await expectExact({ from: '2026-10-24', to: '2026-10-26' }, instantAt('2026-10-26', '00:05', ZONE));
    await bringUpToDate(ctx, { now: instantAt('2026-10-26', '00:11', ZONE) });
    expect(await rollupModel(ctx).exists({ _id: '2026-10-25' })).not.toBeNull();
  });

  it('follow what is changed after the day has ended, through the services themselves', async () => {
    const yesterday = shiftDay(dayOf(new Date(), ZONE), -1);
    await live(yesterday, 3);
    const row = await appointmentModel(ctx).create(appointment(yesterday, '11:00', 'booked'));
    await visitModel(ctx).updateOne({ day: yesterday, token: 1 }, { $set: { status: 'in-progress' } });
    // Later than ten minutes past midnight, whatever the clock says now.
    const now = new Date(Date.now() + 15 * 60_000);
    await bringUpToDate(ctx, { now });
    const before = await rollupModel(ctx).findById(yesterday).lean();
    expect(fromStored(before?.facts)).toMatchObject({ appointments: { booked: 1 } });

    await cancelAppointment(ctx, {
      appointmentId: row._id.toString(),
      cancelReason: 'Asked to',
    });
    expect(await dayChangeModel(ctx).countDocuments({ day: yesterday })).toBe(1);
    await closeEarlierVisits(ctx);
    const [day] = await expectExact({ from: yesterday, to: yesterday }, now);
    expect(day?.appointments).toMatchObject({ booked: 0, cancelled: 1 });
    expect(await dayChangeModel(ctx).countDocuments({})).toBe(0);
    expect(await rollupModel(ctx).findById(yesterday).lean()).toMatchObject({ revision: 2 });
  });

  it('do not let a summary that was read earlier replace a later one', async () => {
    const now = instantAt('2026-05-12', '12:00', ZONE);
    await live('2026-05-10', 2);
    await bringUpToDate(ctx, { now });
    await visitModel(ctx).deleteMany({ day: '2026-05-10', token: 2 });
    await dayChangeModel(ctx).create({ day: '2026-05-10' });
    await Promise.all(Array.from({ length: 5 }, () => bringUpToDate(ctx, { now })));
    await bringUpToDate(ctx, { now });
    expect(await rollupModel(ctx).findById('2026-05-10').lean()).toMatchObject({ facts: { visits: 1 } });
    expect(await dayChangeModel(ctx).countDocuments({})).toBe(0);
  });

  it('are made anew when the organization moves to another time zone, by command, and when they lack figures', async () => {
    const now = instantAt('2026-05-12', '12:00', ZONE);
    await live('2026-05-10', 1);
    await bringUpToDate(ctx, { now });
    const tokyo = { db: ctx.db, timeZone: 'Asia/Tokyo' };
    const { days } = await readSummaries(tokyo, { from: '2026-05-10', to: '2026-05-11' }, now);
    // Registered at 23:59 in Berlin: the next morning in Tokyo.
    expect(days.map(({ registered }) => registered)).toEqual([0, 1]);
    expect(days[1]).toEqual(await summarizeDay(tokyo, '2026-05-11'));
    await rollupModel(ctx).updateOne({ _id: '2026-05-10' }, { $set: { facts: {} } });
    expect(await rebuildRollups(ctx, now)).toBe(2);
    await expectExact({ from: '2026-05-10', to: '2026-05-11' }, now);
    // As they were before summaries had the figures of today.
    await rollupModel(ctx).updateOne({ _id: '2026-05-10' }, { $set: { facts: { visits: 1 } } });
    await rollupStateModel(ctx).updateOne({}, { $unset: { shape: 1 } });
    await expectExact({ from: '2026-05-10', to: '2026-05-11' }, now);
  });

  it('of a long history are made by the job; a reader does a part and says that it is not all', async () => {
    await live('2026-02-10', 1);
    const now = instantAt('2026-05-12', '12:00', ZONE);
    const first = await readSummaries(ctx, { from: '2026-05-01', to: '2026-05-12' }, now);
    expect(first.preparedThrough).toBe('2026-04-12');
    expect(first.days.map(({ day }) => day)).toEqual(['2026-05-12']);
    await bringUpToDate(ctx, { now });
    const second = await readSummaries(ctx, { from: '2026-05-01', to: '2026-05-12' }, now);
    expect(second.preparedThrough).toBeNull();
    expect(second.days).toHaveLength(12);
  });

  it('read each day by indexes alone', async () => {
    const within = op({ $gte: new Date(0), $lt: new Date() });
    const plans = await Promise.all([
      movementModel(ctx).find({ at: within }).explain(),
      queueEntryModel(ctx).find({ day: '2026-01-01' }).explain(),
      visitModel(ctx).find({ day: '2026-01-01' }).explain(),
      appointmentModel(ctx).find({ day: '2026-01-01' }).explain(),
    ]);
    for (const plan of plans) expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  });
});
