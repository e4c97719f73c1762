import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listAudit } from '@/features/insight/audit/queries';
import { auditQuery } from '@/features/insight/audit/schema';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import { stopReportMailOfAction } from './actions';
import { reportMailModel } from './model';
import { findNewestJob, findScheduledMails, listScheduledMails } from './queries';
import { reportMailInput } from './schema';
import { findReportMail, scheduleReportMail, stopReportMailOf } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
let b: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  a = await testOrganization({ name: 'Hospital A', maxUsers: null });
  b = await testOrganization({ name: 'Hospital B' });
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});
beforeEach(async () => {
  await reportMailModel.deleteMany({});
  await jobModel.deleteMany({ kind: 'reports.mail' });
});

const FRIDAY = new Date('2026-03-27T10:00:00Z');
const weekly = reportMailInput.parse({ every: 'week', weekday: '1', hour: '7' });
const daily = reportMailInput.parse({ every: 'day', hour: '18' });
const list = async (of = a) => (await listScheduledMails(of.ctx('owner'), {})).mails;
/** The rows that scheduling would write, for somebody else than the person at work. */
const scheduleFor = async (userId: string, organizationId = a.organizationId, nextAt = FRIDAY) =>
  reportMailModel.create({
    userId: objectId(userId),
    organizationId: objectId(organizationId),
    every: 'day',
    weekday: 1,
    hour: 7,
    nextAt,
  });
const work = async (id: string, day: string, state: 'done' | 'dead' | 'waiting', attempts: number) =>
  jobModel.create({
    kind: 'reports.mail',
    key: `${id}:${day}`,
    state,
    attempts,
    runAt: FRIDAY,
    ...(state === 'waiting' ? {} : { finishedAt: FRIDAY }),
    lastError: 'connect ECONNREFUSED smtp.secret.test:25',
  });

it('lists who gets what and when, of this organization alone', async () => {
  await scheduleReportMail(a.ctx('owner'), weekly, FRIDAY);
  await scheduleReportMail(b.ctx('owner'), daily, FRIDAY);
  expect(await list()).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: a.owner.name,
      email: a.owner.email,
      schedule: 'every Monday at 07:00',
      nextAt: '2026-03-30T01:30:00.000Z',
      lastSentAt: null,
      lastSentOn: null,
      state: 'new',
    },
  ]);
  expect(JSON.stringify(await list())).not.toContain(b.owner.email);
  expect((await list(b)).map(({ schedule }) => schedule)).toEqual(['every day at 18:00']);
});

it('says whether the newest one came through, and never what the server answered', async () => {
  await scheduleReportMail(a.ctx('owner'), weekly, FRIDAY);
  const [{ id } = { id: '' }] = await list();
  const stateNow = async () => (await list())[0]?.state;
  await work(id, '2026-03-16', 'dead', 12);
  expect(await stateNow()).toBe('failed');
  await work(id, '2026-03-23', 'waiting', 3);
  expect(await stateNow()).toBe('retrying');
  await reportMailModel.updateOne({}, { $set: { sentOn: '2026-03-23', lastSentAt: FRIDAY } });
  await jobModel.updateOne({ key: `${id}:2026-03-23` }, { $set: { state: 'done' } });
  expect(await stateNow()).toBe('sent');
  expect((await list())[0]?.lastSentAt).toBe(FRIDAY.toISOString());
  expect(JSON.stringify(await list())).not.toContain('smtp.secret');
});

it('says to whom nothing can go', async () => {
  const doctor = await a.addStaff('doctor', 'Dr Asha Rao');
  const nurse = await a.addStaff('receptionist', 'Ravi Kumar');
  const gone = await a.addStaff('doctor', 'Dr Gone');
  for (const { id } of [doctor, nurse, gone, b.owner]) await scheduleFor(id);
  await membershipModel.updateOne({ userId: objectId(gone.id) }, { $set: { status: 'suspended' } });
  await userModel.updateOne({ _id: objectId(doctor.id) }, { $unset: { emailVerifiedAt: '' } });
  const states = Object.fromEntries((await list()).map(({ name, state }) => [name, state]));
  expect(states).toEqual({
    'Dr Asha Rao': 'unconfirmed',
    'Ravi Kumar': 'may-not-read',
    'Dr Gone': 'has-left',
    [b.owner.name]: 'has-left',
  });
});

it('is stopped by those who lead, under their name in the log, and by nobody else', async () => {
  const doctor = await a.addStaff('doctor', 'Dr Asha Rao');
  const mine = await scheduleFor(doctor.id);
  const theirs = await scheduleFor(b.owner.id, b.organizationId);
  const press = async (who: unknown, reportMailId: string) => {
    request.principal = who;
    const form = new FormData();
    form.set('reportMailId', reportMailId);
    return stopReportMailOfAction({ status: 'idle' }, form);
  };
  const asDoctor = await staffPrincipal(a.organizationId, doctor, 'doctor');
  const asOwner = await staffPrincipal(a.organizationId, a.owner, 'owner');
  expect(await press(asDoctor, mine._id.toString())).toMatchObject({ code: 'FORBIDDEN' });
  for (const id of [theirs._id.toString(), newObjectId().toString()])
    expect(await press(asOwner, id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await reportMailModel.countDocuments({})).toBe(2);

  expect(await press(asOwner, mine._id.toString())).toMatchObject({ status: 'ok' });
  expect(await list()).toEqual([]);
  expect((await list(b)).length).toBe(1);
  const { entries } = await listAudit(a.ctx('owner'), auditQuery.parse({ action: 'report-mail.stop-for' }));
  expect(entries.filter(({ result }) => result === 'ok')).toMatchObject([
    {
      target: `staff:${doctor.id}`,
      changes: [{ field: 'schedule', before: 'every day at 07:00', after: null }],
    },
  ]);
  await expect(stopReportMailOf(a.ctx('owner'), mine._id.toString())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await findReportMail(b.ctx('owner'))).not.toBeNull();
});

it('comes in pages from an index', async () => {
  for (let count = 0; count < 60; count++)
    await scheduleFor(
      newObjectId().toString(),
      count % 2 ? a.organizationId : b.organizationId,
      new Date(FRIDAY.getTime() + (count % 5) * 3_600_000),
    );
  const first = await listScheduledMails(a.ctx('owner'), {});
  const second = await listScheduledMails(a.ctx('owner'), { after: first.after ?? '' });
  expect([first.mails.length, second.mails.length, second.after]).toEqual([25, 5, null]);
  expect(new Set([...first.mails, ...second.mails].map(({ id }) => id)).size).toBe(30);
  const { mails } = await findScheduledMails(a.ctx('owner'), { after: first.after ?? '' });
  expectIndexed(await mails.explain('executionStats'));
  const [{ id } = { id: '' }] = first.mails;
  for (const day of ['2026-03-16', '2026-03-23', '2026-03-30']) await work(id, day, 'done', 1);
  expectIndexed(await (await findNewestJob(id)).job.explain('executionStats'));
});
