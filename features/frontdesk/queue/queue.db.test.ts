import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAppointment } from '@/features/frontdesk/appointments/queries';
import { bookAppointment } from '@/features/frontdesk/appointments/service';
import { getPatient } from '@/features/patients/patients/queries';
import { updatePatientInput } from '@/features/patients/patients/schema';
import { recordDeath, undoDeath, updatePatient } from '@/features/patients/patients/service';
import { auditNoteModel } from '@/lib/audit/ledger';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { changesOf } from '@/tests/assertions/entries';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { queueEntryModel, visitModel } from './model';
import { tokenSlip } from './paper';
import {
  estimateWaitOf,
  findBeginnings,
  findLeftOpen,
  getVisit,
  listBoard,
  listEndedToday,
  listQueue,
  listVisitsOfPatient,
  queueSummary,
  readQueueVersion,
} from './queries';
import { type CheckInInput, checkInInput, sendInput } from './schema';
import { callPatient } from './service/call-patient';
import { changePriority } from './service/change-priority';
import { checkIn } from './service/check-in';
import { closeEarlierVisits } from './service/close-earlier-visits';
import { completeStep } from './service/complete-step';
import { endWaiting } from './service/end-waiting';
import { leaveQueue } from './service/leave-queue';
import { writePerson } from './service/rename';
import { reopenVisit } from './service/reopen-visit';
import { requeue } from './service/requeue';
import { returnFromDilation } from './service/return-from-dilation';
import { sendTo } from './service/send-to';
import { startStep } from './service/start-step';
import { undoCallOrStart, undoMove } from './service/undo';

let org: Awaited<ReturnType<typeof testOrganization>>;
let reception: TenantContext;
let doctor: TenantContext;
const _count = 0;

beforeAll(async () => {
  org = await testOrganization();
  reception = org.ctx('receptionist');
  doctor = org.ctx('doctor');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const patient = async (firstName = 'Meera'): Promise<string> => (await aPatient(reception, { firstName })).id;

const arrive = async (patientId: string, more: Partial<CheckInInput> = {}) =>
  checkIn(reception, { ...checkInInput.parse({ patientId }), ...more });

const openStep = async (visitId: string) => {
  const { steps } = await getVisit(reception, visitId);
  const open = steps.filter(({ status }) => ['waiting', 'called', 'in-progress'].includes(status));
  expect(open).toHaveLength(1);
  return open[0] ?? expect.fail('no open step');
};

const settled = async <T>(attempts: Promise<T>[]) => {
  const results = await Promise.allSettled(attempts);
  return {
    won: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    lost: results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : [])),
  };
};

describe('check-in', () => {
  it('gives each of 100 who come at once a token of their own', async () => {
    const patients: string[] = [];
    for (let index = 0; index < 100; index++) patients.push(await patient());
    const visits = await Promise.all(patients.map((id) => arrive(id)));
    const tokens = visits.map(({ visit }) => visit.token).sort((a, b) => a - b);
    expect(tokens).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await readQueueVersion(reception)).toBe(100);
  }, 60_000);

  it('opens one visit for a patient, however many desks try at once', async () => {
    const id = await patient();
    const before = await readQueueVersion(reception);
    const { won, lost } = await settled(Array.from({ length: 12 }, () => arrive(id)));
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(11);
    for (const error of lost)
      expect(error).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('already in the queue'),
      });
    expect(await listVisitsOfPatient(reception, id)).toHaveLength(1);
    expect(await readQueueVersion(reception)).toBe(before + 1);
  });

  it('records reception as done and lets the patient wait at the next station', async () => {
    const id = await patient();
    const { visit } = await arrive(id);
    const { steps } = await getVisit(reception, visit.id);
    expect(steps.map(({ station, status }) => `${station} ${status}`)).toEqual([
      'reception done',
      'optometry waiting',
    ]);
    expect((await getPatient(reception, id)).lastVisitAt).toBe(visit.startedAt);
  });

  it('may begin at reception itself', async () => {
    const { visit } = await arrive(await patient(), { station: 'reception' });
    expect(await openStep(visit.id)).toMatchObject({ station: 'reception', status: 'waiting', sequence: 1 });
  });

  it('takes the appointment of the day by itself and completes it at the end', async () => {
    const id = await patient();
    const { id: doctorId, name } = await org.doctor({ name: 'Dr Asha Rao' });
    const day = today(reception.timeZone);
    // Booked in the morning: the test holds at any hour of the day.
    const { appointment } = await bookAppointment(
      reception,
      {
        patientId: id,
        doctorId,
        date: day,
        time: '23:30',
        durationMinutes: 15,
        reason: '',
        notes: '',
      },
      instantAt(day, '00:01', reception.timeZone),
    );
    const { visit, appointmentTime } = await arrive(id);
    expect(appointmentTime).toBe('23:30');
    expect(visit).toMatchObject({ appointmentId: appointment.id, doctorId, doctorName: name });
    expect((await getAppointment(reception, appointment.id)).status).toBe('checked-in');
    await sendTo(reception, sendInput.parse({ entryId: (await openStep(visit.id)).id, to: 'finish' }));
    expect((await getAppointment(reception, appointment.id)).status).toBe('completed');
  });

  it("refuses another patient's appointment, an unknown patient and an unknown doctor", async () => {
    const [mine, other] = [await patient(), await patient()];
    const { id: doctorId } = await org.doctor();
    const day = today(reception.timeZone);
    const { appointment } = await bookAppointment(
      reception,
      {
        patientId: other,
        doctorId,
        date: day,
        time: '23:45',
        durationMinutes: 10,
        reason: '',
        notes: '',
      },
      instantAt(day, '00:01', reception.timeZone),
    );
    const before = await readQueueVersion(reception);
    await expect(arrive(mine, { appointmentId: appointment.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(arrive(newObjectId().toString())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(arrive('nonsense')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(arrive(mine, { doctorId: newObjectId().toString() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listVisitsOfPatient(reception, mine)).toEqual([]);
    expect((await getAppointment(reception, appointment.id)).status).toBe('booked');
    expect(await readQueueVersion(reception)).toBe(before);
  });

  it('begins the tokens anew each day', async () => {
    const id = await patient();
    const tomorrow = new Date(Date.now() + 86_400_000);
    const { visit } = await checkIn(reception, checkInInput.parse({ patientId: id }), tomorrow);
    expect(visit).toMatchObject({ token: 1, day: shiftDay(today(reception.timeZone), 1) });
    await leaveQueue(reception, { visitId: visit.id, reason: 'A day too early' });
  });
});

describe('the moves', () => {
  it('walk a patient from reception to the end, each step with its times', async () => {
    const { visit } = await arrive(await patient(), { station: 'reception' });
    const way: string[] = [];
    for (let station: string | null = 'reception'; station; ) {
      const { id } = await openStep(visit.id);
      way.push(station);
      await callPatient(reception, { entryId: id, room: 'Room 2' });
      await startStep(doctor, id);
      station = (await completeStep(doctor, id)).station;
    }
    expect(way).toEqual(['reception', 'optometry', 'doctor', 'pharmacy']);
    const done = await getVisit(reception, visit.id);
    expect(done.status).toBe('finished');
    expect(done.finishedAt).not.toBeNull();
    expect(done.steps.every((step) => step.status === 'done' && step.room === 'Room 2' && step.endedAt)).toBe(
      true,
    );
    // Nobody was chosen at check-in, so the doctor who began is the doctor of the visit.
    expect(done.doctorName).toBe('Test doctor');
  });

  it('let one of two who call at once win, and tell the other who was first', async () => {
    const { visit } = await arrive(await patient());
    const { id } = await openStep(visit.id);
    const { won, lost } = await settled([
      callPatient(reception, { entryId: id, room: 'Desk 1' }),
      callPatient(doctor, { entryId: id, room: 'Room 3' }),
    ]);
    expect(won).toHaveLength(1);
    expect(lost[0]).toMatchObject({ code: 'CONFLICT' });
    expect(lost[0]?.message).toBe(`${won[0]?.byName} has already called token ${visit.token} to Optometry.`);
  });

  it('let one of two who press Done at once win, with one next step', async () => {
    const { visit } = await arrive(await patient());
    const { id } = await openStep(visit.id);
    await startStep(reception, id);
    const { won, lost } = await settled([completeStep(reception, id), completeStep(doctor, id)]);
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect((await getVisit(reception, visit.id)).steps.map(({ station }) => station)).toEqual([
      'reception',
      'optometry',
      'doctor',
    ]);
  });

  it('send to dilation with the time when the pupils are wide, and count the wait from then', async () => {
    const now = new Date();
    const { visit } = await arrive(await patient());
    const { id } = await openStep(visit.id);
    const input = sendInput.parse({
      entryId: id,
      to: 'dilation',
      readyInMinutes: '25',
      note: 'Tropicamide 1 %, both eyes',
    });
    await sendTo(reception, input, now);
    const step = await openStep(visit.id);
    expect(step).toMatchObject({ station: 'dilation', note: 'Tropicamide 1 %, both eyes' });
    expect(step.readyAt).toBe(new Date(now.getTime() + 25 * 60_000).toISOString());
    expect(step.queuedAt).toBe(step.readyAt);
    await startStep(reception, step.id);
    expect((await completeStep(reception, step.id)).station).toBe('doctor');
  });

  it('put a patient who does not answer behind the others of the same priority', async () => {
    const [first, second] = [await arrive(await patient()), await arrive(await patient())];
    const { id } = await openStep(first.visit.id);
    await callPatient(reception, { entryId: id });
    const back = await requeue(reception, id);
    expect(back).toMatchObject({ status: 'waiting', timesRequeued: 1, calledAt: null, room: null });
    const order = (await listQueue(reception)).entries.map(({ visitId }) => visitId);
    expect(order.indexOf(second.visit.id)).toBeLessThan(order.indexOf(first.visit.id));
  });

  it('are taken back one by one', async () => {
    const { visit } = await arrive(await patient());
    const { id } = await openStep(visit.id);
    await callPatient(reception, { entryId: id, room: 'Desk 1' });
    await startStep(reception, id);
    await completeStep(reception, id);
    const atDoctor = await openStep(visit.id);
    expect(await undoMove(reception, atDoctor.id)).toMatchObject({
      id,
      station: 'optometry',
      status: 'in-progress',
      endedAt: null,
    });
    expect(await undoCallOrStart(reception, { entryId: id, status: 'in-progress' })).toMatchObject({
      status: 'called',
      room: 'Desk 1',
    });
    expect(await undoCallOrStart(reception, { entryId: id, status: 'called' })).toMatchObject({
      status: 'waiting',
      calledAt: null,
      room: null,
    });
    await expect(undoCallOrStart(reception, { entryId: id, status: 'called' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(undoMove(reception, atDoctor.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are undone once when two undo at the same time', async () => {
    const { visit } = await arrive(await patient());
    const { id } = await openStep(visit.id);
    await startStep(reception, id);
    await completeStep(reception, id);
    const next = await openStep(visit.id);
    const { won, lost } = await settled([undoMove(reception, next.id), undoMove(doctor, next.id)]);
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect(await openStep(visit.id)).toMatchObject({ id, station: 'optometry' });
  });

  it('follow the priority, which may change', async () => {
    const { visit } = await arrive(await patient());
    const urgent = { visitId: visit.id, priority: 'emergency' } as const;
    expect(await changesOf(reception, (ctx) => changePriority(ctx, urgent))).toEqual([
      { field: 'priority', before: 'normal', after: 'emergency' },
    ]);
    const queue = await listQueue(reception);
    expect(queue.entries[0]).toMatchObject({ visitId: visit.id, priority: 'emergency' });
    await leaveQueue(reception, { visitId: visit.id, reason: 'Sent to the hospital' });
    await expect(changePriority(reception, { visitId: visit.id, priority: 'normal' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the end of a visit', () => {
  it('is with a reason when the patient leaves, and can be taken back today', async () => {
    const id = await patient();
    const { visit } = await arrive(id);
    const left = await leaveQueue(reception, { visitId: visit.id, reason: 'Will come tomorrow' });
    expect(left).toMatchObject({ status: 'cancelled', leaveReason: 'Will come tomorrow' });
    expect((await listEndedToday(reception))[0]).toMatchObject({ id: visit.id });
    await expect(leaveQueue(reception, { visitId: visit.id, reason: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await reopenVisit(reception, visit.id)).toMatchObject({ station: 'optometry', status: 'waiting' });
    expect(await getVisit(reception, visit.id)).toMatchObject({
      status: 'in-progress',
      leaveReason: null,
      finishedAt: null,
    });
  });

  it('stays when the patient has been checked in again meanwhile', async () => {
    const id = await patient();
    const first = await arrive(id);
    await leaveQueue(reception, { visitId: first.visit.id, reason: 'Left' });
    await arrive(id);
    await expect(reopenVisit(reception, first.visit.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getVisit(reception, first.visit.id)).status).toBe('cancelled');
  });

  it('comes for what an earlier day left open', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const id = await patient();
    const { visit } = await checkIn(reception, checkInInput.parse({ patientId: id }), yesterday);
    expect((await listQueue(reception)).openFromBefore).toBe(1);
    expect(await closeEarlierVisits(reception)).toEqual({ closed: 1 });
    expect(await getVisit(reception, visit.id)).toMatchObject({
      status: 'cancelled',
      leaveReason: 'Still open at the end of the day',
    });
    expect((await listQueue(reception)).openFromBefore).toBe(0);
  });

  it('names who is still here over midnight, and does not close them', async () => {
    // Of its own: closing takes everybody of the day.
    const own = await testOrganization();
    try {
      const ctx = own.ctx('receptionist');
      const midnight = instantAt(shiftDay(today(ctx.timeZone), 1), '00:00', ctx.timeZone).getTime();
      const [late, after] = [new Date(midnight - 12 * 60_000), new Date(midnight + 60_000)];
      const { id } = await aPatient(ctx, { firstName: 'Casualty' });
      const { visit } = await checkIn(ctx, checkInInput.parse({ patientId: id }), late);
      const queue = await listQueue(ctx, after);
      expect(queue.leftOpen.map((one) => one.id)).toEqual([visit.id]);
      expectIndexed(await findLeftOpen(ctx, queue.day).explain('executionStats'));
      expect(await closeEarlierVisits(ctx, after)).toEqual({ closed: 0 });
      expect(await getVisit(ctx, visit.id)).toMatchObject({ status: 'in-progress' });
      expect(await closeEarlierVisits(ctx, new Date(midnight + 8 * 3_600_000))).toEqual({ closed: 1 });
      expect(await getVisit(ctx, visit.id)).toMatchObject({ status: 'cancelled' });
    } finally {
      await own.dispose();
    }
  });
});

describe('what is read', () => {
  it('counts the queue and names who waits longest', async () => {
    // Not into the next day, when the queue is another one.
    const { timeZone } = reception;
    const midnight = instantAt(shiftDay(today(timeZone), 1), '00:00', timeZone).getTime();
    const later = new Date(Math.min(Date.now() + 20 * 60_000, midnight - 1));
    const minutes = Math.floor((later.getTime() - Date.now()) / 60_000);
    const [queue, summary] = [await listQueue(reception), await queueSummary(reception, later)];
    expect(summary.waiting + summary.inProgress).toBe(queue.entries.length);
    expect(summary.seenToday).toBe(queue.seenToday);
    expect(summary.longest).toHaveLength(5);
    expect(summary.longestWaitMinutes).toBeGreaterThanOrEqual(minutes - 1);
    const waits = summary.longest.map(({ waitingMinutes }) => waitingMinutes);
    expect(waits).toEqual([...waits].sort((a, b) => b - a));
  });

  it('shows the waiting room no names', async () => {
    const { visit } = await arrive(await patient('Nandini'));
    const board = JSON.stringify(await listBoard(reception));
    expect(board).toContain(`"token":${visit.token},"initials":"N. `);
    expect(board).not.toContain('Nandini');
  });

  it('answers a malformed, a missing and a foreign id alike', async () => {
    const attempts = ['x', newObjectId().toString()].flatMap((id) => [
      getVisit(reception, id),
      startStep(reception, id),
      completeStep(reception, id),
      leaveQueue(reception, { visitId: id, reason: 'None' }),
      reopenVisit(reception, id),
      undoMove(reception, id),
    ]);
    const { won, lost } = await settled<unknown>(attempts);
    expect(won).toEqual([]);
    for (const error of lost) expect(error).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is served by indexes, filter and order', async () => {
    const day = today(reception.timeZone);
    const { visitId, patientId } =
      (await listQueue(reception)).entries[0] ?? expect.fail('the queue is empty');
    const plans = await Promise.all([
      queueEntryModel(reception)
        .find({ day, isOpen: true })
        .sort({ priorityRank: 1, queuedAt: 1, _id: 1 })
        .limit(500)
        .explain('executionStats'),
      queueEntryModel(reception).find({ visitId }).sort({ sequence: 1 }).limit(100).explain('executionStats'),
      visitModel(reception)
        .find({ patientId })
        .sort({ startedAt: -1, _id: -1 })
        .limit(50)
        .explain('executionStats'),
      visitModel(reception)
        .find({ day, finishedAt: op({ $gte: new Date(0) }) })
        .sort({ finishedAt: -1, _id: -1 })
        .limit(200)
        .explain('executionStats'),
    ]);
    for (const plan of plans) {
      const { queryPlanner } = plan as unknown as { queryPlanner: { winningPlan: object } };
      const text = JSON.stringify(queryPlanner.winningPlan);
      expect(text).toContain('IXSCAN');
      expect(text).not.toContain('COLLSCAN');
      expect(text).not.toContain('"stage":"SORT"');
      const { nReturned, totalDocsExamined } = (plan as unknown as { executionStats: Record<string, number> })
        .executionStats;
      expect(totalDocsExamined).toBeLessThanOrEqual(2 * (nReturned ?? 0) + 10);
    }
  });
});

describe('dilation that is over', () => {
  const dilated = async () => {
    const { visit } = await arrive(await patient('Dilated'));
    const { id: entryId } = await openStep(visit.id);
    await sendTo(reception, sendInput.parse({ entryId, to: 'dilation', readyInMinutes: '15' }));
    return { visitId: visit.id, readyAt: new Date((await openStep(visit.id)).readyAt ?? '') };
  };
  const minutesAfter = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000);

  it('brings the patient back to the doctor by itself, in line since the pupils were wide', async () => {
    const { visitId, readyAt } = await dilated();
    expect(await returnFromDilation(reception, minutesAfter(readyAt, -1))).toBe(0);
    expect(await openStep(visitId)).toMatchObject({ station: 'dilation' });
    const before = await readQueueVersion(reception);
    const at = minutesAfter(readyAt, 2);
    const counts = await Promise.all([1, 2, 3].map(() => returnFromDilation(reception, at)));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await openStep(visitId)).toMatchObject({
      station: 'doctor',
      status: 'waiting',
      waitingSince: readyAt.toISOString(),
      queuedAt: readyAt.toISOString(),
      byName: 'Dilation',
    });
    expect(await readQueueVersion(reception)).toBe(before + 1);
    expect(await returnFromDilation(reception, at)).toBe(0);
    // Once in the log too, though three looked at the same time.
    const entries = await auditNoteModel(reception)
      .find({ target: `visit:${visitId}` })
      .lean();
    expect(entries.map(({ action }) => action)).toEqual(['queue.return']);
  });

  it('that was undone stays: the pupils need longer, and the clock does not insist', async () => {
    const { visitId, readyAt } = await dilated();
    await returnFromDilation(reception, minutesAfter(readyAt, 1));
    await undoMove(reception, (await openStep(visitId)).id);
    expect(await openStep(visitId)).toMatchObject({ station: 'dilation', status: 'waiting' });
    expect(await returnFromDilation(reception, minutesAfter(readyAt, 5))).toBe(0);
    expect(await openStep(visitId)).toMatchObject({ station: 'dilation' });
  });

  it('leaves alone whom somebody has already called', async () => {
    const { visitId, readyAt } = await dilated();
    await callPatient(reception, { entryId: (await openStep(visitId)).id });
    expect(await returnFromDilation(reception, minutesAfter(readyAt, 1))).toBe(0);
    expect(await openStep(visitId)).toMatchObject({ station: 'dilation', status: 'called' });
  });
});

it('a name that is corrected is so wherever the patient is booked or waits', async () => {
  const { id, version, ...known } = await aPatient(reception, { firstName: 'Sunita', lastName: 'Rwat' });
  const booked = await bookAppointment(reception, {
    patientId: id,
    doctorId: (await org.doctor()).id,
    date: shiftDay(today(reception.timeZone), 3),
    time: '10:00',
    durationMinutes: 15,
    reason: 'Control',
    notes: '',
  });
  await arrive(id);
  const { phone, dateOfBirth, sex } = known;
  const corrected = { patientId: id, version: String(version), firstName: 'Sunita', lastName: 'Rawat' };
  await updatePatient(reception, updatePatientInput.parse({ ...corrected, phone, dateOfBirth, sex }));
  await writePerson(reception, id);
  const { entries } = await listQueue(reception);
  expect(entries.find(({ patientId }) => patientId === id)?.patientName).toBe('Sunita Rawat');
  expect((await getAppointment(reception, booked.appointment.id)).patientName).toBe('Sunita Rawat');
});

it('the wait on a token is computed from what began today, and is said of nobody else', async () => {
  const own = await testOrganization();
  const ctx = own.ctx('receptionist');
  const day = today(ctx.timeZone);
  const come = async (firstName: string) =>
    checkIn(ctx, checkInInput.parse({ patientId: (await aPatient(ctx, { firstName })).id }));
  await come('First');
  const { visit } = await come('Second');
  const details = await getVisit(ctx, visit.id);
  const step = details.steps.find(({ status }) => status === 'waiting');
  if (!step) throw new Error('nobody waits');
  const now = new Date();
  expect(await estimateWaitOf(ctx, details, now)).toBeNull();
  // Eight began, every eight minutes.
  const rows = Array.from({ length: 8 }, (_, index) => ({
    ...{ visitId: newObjectId(), patientId: newObjectId(), day, token: 900 + index, sequence: 1 },
    patient: { name: 'Seen', number: 'S', sex: 'female', dateOfBirth: '1990-01-01' },
    ...{ station: step.station, status: 'done' as const, isOpen: false, priority: 'normal' as const },
    ...{ priorityRank: 2, timesRequeued: 0, byUserId: 'u', byName: 'A' },
    waitingSince: new Date(now.getTime() - 600_000),
    queuedAt: new Date(now.getTime() - 600_000),
    startedAt: new Date(now.getTime() - index * 480_000),
  }));
  for (const row of rows) row.waitingSince = new Date(row.startedAt.getTime() - 60_000);
  await queueEntryModel(ctx).insertMany(rows);
  // One is in front: two turns of eight minutes.
  const wait = await estimateWaitOf(ctx, details, now);
  expect(wait).toEqual({ fromMinutes: 10, toMinutes: 20 });
  expect(JSON.stringify(tokenSlip(details, { head: null, printed: '' }, undefined, wait))).toContain(
    'About 10 to 20 minutes',
  );
  expect(JSON.stringify(tokenSlip(details, { head: null, printed: '' }))).not.toContain('minutes');
  // Of another day nothing is said, however much was measured.
  expect(await estimateWaitOf(ctx, { ...details, day: shiftDay(day, -1) }, now)).toBeNull();
  // Who is with somebody waits no more.
  await startStep(ctx, step.id);
  expect(await estimateWaitOf(ctx, await getVisit(ctx, visit.id), now)).toBeNull();
  expectIndexed(await findBeginnings(ctx, day, now).explain('executionStats'));

  // Who waits for any doctor may be called by this one: they stand in this line too.
  const { visit: third } = await come('Third');
  const other = await getVisit(ctx, third.id);
  const own3 = other.steps.find(({ status }) => status === 'waiting');
  const doctorId = newObjectId();
  const toDoctor = { station: 'doctor' as const };
  await queueEntryModel(ctx).updateMany({ isOpen: true }, { $set: { status: 'waiting', ...toDoctor } });
  await queueEntryModel(ctx).updateMany({ isOpen: false }, { $set: { ...toDoctor, doctorId } });
  await queueEntryModel(ctx).updateOne({ _id: objectId(own3?.id ?? '') }, { $set: { doctorId } });
  const alone = await estimateWaitOf(ctx, await getVisit(ctx, third.id), now);
  await queueEntryModel(ctx).updateMany(
    { isOpen: true, _id: op({ $ne: objectId(own3?.id ?? '') }) },
    { $set: { doctorId: newObjectId() } },
  );
  const behindOthers = await estimateWaitOf(ctx, await getVisit(ctx, third.id), now);
  expect(alone?.toMinutes).toBeGreaterThan(behindOthers?.toMinutes ?? Number.POSITIVE_INFINITY);
  await own.dispose();
});

describe('a patient who dies', () => {
  const die = (patientId: string) =>
    recordDeath(reception, { patientId, deceasedOn: today(reception.timeZone) });
  const isQueued = async (patientId: string) =>
    (await listQueue(reception)).entries.some((entry) => entry.patientId === patientId);

  it('is called by nobody any more, and is found among those who have left', async () => {
    const patientId = await patient();
    const visitId = (await arrive(patientId)).visit.id;
    await die(patientId);
    expect(await endWaiting(reception, patientId)).toBe(1);
    expect(await isQueued(patientId)).toBe(false);
    expect(await getVisit(reception, visitId)).toMatchObject({
      ...{ status: 'cancelled', leaveReason: 'The patient has died' },
    });
    expect((await listEndedToday(reception)).some(({ id }) => id === visitId)).toBe(true);
    expect(await endWaiting(reception, patientId)).toBe(0);
  });

  it('stays where somebody is with them, and where the death was taken back', async () => {
    const [treated, alive] = [await patient(), await patient()];
    const visitId = (await arrive(treated)).visit.id;
    const step = await openStep(visitId);
    await startStep(reception, step.id);
    await arrive(alive);
    for (const patientId of [treated, alive]) await die(patientId);
    await undoDeath(reception, { patientId: alive });
    for (const patientId of [treated, alive]) {
      expect(await endWaiting(reception, patientId)).toBe(0);
      expect(await isQueued(patientId)).toBe(true);
    }
  });
});
