import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStripeEmulator } from '@chakravue/stripe-emulator';
import { newDataFile } from '@chakravue/stripe-emulator/test-support';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailCatcher, startMailCatcher } from '@/dev/mail/catcher';
import { jobModel } from '@/lib/master/models/job';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { newObjectId } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findBacklogs } from './backlog';
import { measureStatus } from './measure';
import { incidentModel, statusDayModel, statusMeasurementModel } from './model';
import { COMPONENT_IDS } from './policy';
import { kindOfError } from './probes';
import { findDays, forgetStatus, getStatus, listMeasurements } from './queries';
import { openIncident } from './service';

const platform = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Sunil',
    email: 's@chakravue.test',
  },
  requestId: randomUUID(),
};
const mails = mkdtempSync(join(tmpdir(), 'chakravue-status-'));
const stripeData = newDataFile();
let stripe: Awaited<ReturnType<typeof startStripeEmulator>>;
let mail: MailCatcher;
let organization: Awaited<ReturnType<typeof testOrganization>>;
const portOf = (url: string): number => Number(new URL(url).port);

beforeAll(async () => {
  stripe = await startStripeEmulator({ dataFile: stripeData });
  mail = await startMailCatcher({ httpPort: 0, smtpPort: 0, dataDir: mails });
  process.env.STRIPE_EMULATOR_URL = stripe.url;
  delete process.env.STRIPE_SECRET_KEY;
  process.env.SMTP_URL = mail.smtpUrl;
  organization = await testOrganization({ name: 'Hospital that nobody may read of' });
});
afterAll(async () => {
  await organization.dispose();
  await closeConnections();
  await stripe.stop();
  await mail.stop();
  rmSync(mails, { recursive: true, force: true });
});
beforeEach(async () => {
  const models = [jobModel, stripeEventModel, incidentModel, statusDayModel, statusMeasurementModel];
  for (const { collection } of models) await collection.deleteMany({});
  forgetStatus();
});

// Of today: the database itself removes a day's counts once they are too old.
const DAY = new Date().toISOString().slice(0, 10);
const NOW = new Date(`${DAY}T12:00:00Z`);
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const levelsAt = async (minutes: number) => {
  forgetStatus();
  return (await getStatus(at(minutes))).levels;
};
const measureAt = async (minutes: number) => {
  await measureStatus(at(minutes), SOON_MS);
  return levelsAt(minutes);
};
/** Before a part is asked again. */
const SOON_MS = 20;
const ALL_UP = Object.fromEntries(COMPONENT_IDS.map((id) => [id, 'up']));
const event = async (outcome: 'received' | 'failed', receivedAt: Date) =>
  stripeEventModel.create({
    _id: `evt_${randomUUID()}`,
    type: 'invoice.paid',
    outcome,
    stripeCreatedAt: receivedAt,
    receivedAt,
  });
const mailJob = async (fields: { state: 'waiting' | 'dead'; runAt: Date; attempts: number }) =>
  jobModel.create({ kind: 'mail.send', key: randomUUID(), ...fields });

describe('what is measured', () => {
  it('is unknown before the first check and once the checks have stopped', async () => {
    const before = await getStatus(NOW);
    expect(before).toMatchObject({ overall: 'unknown', levels: { application: 'up', mail: 'unknown' } });
    expect(before.parts.find(({ id }) => id === 'mail')).toMatchObject({ checkedAt: null, since: null });
    expect(await measureAt(0)).toEqual(ALL_UP);
    expect((await getStatus(at(0))).overall).toBe('up');
    expect(await levelsAt(9)).toEqual(ALL_UP);
    expect(await levelsAt(11)).toMatchObject({ application: 'up', payments: 'unknown', mail: 'unknown' });
    const stale = (await getStatus(at(11))).parts.find(({ id }) => id === 'payments');
    expect(stale).toMatchObject({ isStale: true, checkedAt: NOW.toISOString(), since: null });
    expect((await listMeasurements(platform, at(11))).map(({ level }) => level)).toEqual(
      COMPONENT_IDS.map(() => 'unknown'),
    );
  });

  it('finds payments degraded, then away, then back, and nothing else touched, when Stripe stops', async () => {
    expect(await measureAt(0)).toEqual(ALL_UP);
    const port = portOf(stripe.url);
    await stripe.stop();
    expect(await measureAt(2)).toEqual({ ...ALL_UP, payments: 'degraded' });
    expect(await measureAt(4)).toEqual({ ...ALL_UP, payments: 'outage' });
    expect(await measureAt(6)).toEqual({ ...ALL_UP, payments: 'outage' });
    const row = (await listMeasurements(platform, at(6))).find(({ id }) => id === 'payments');
    expect(row).toMatchObject({
      since: at(4).toISOString(),
      lastError: 'Stripe does not answer (StripeConnectionError)',
      lastErrorAt: at(6).toISOString(),
    });
    const shown = async (minutes: number) =>
      (await getStatus(at(minutes))).parts.find(({ id }) => id === 'payments')?.since;
    expect(await shown(6)).toBe(at(4).toISOString());
    stripe = await startStripeEmulator({ dataFile: stripeData, port });
    expect(await measureAt(8)).toEqual({ ...ALL_UP, payments: 'degraded' });
    expect(await measureAt(10)).toEqual(ALL_UP);
    expect(await shown(10)).toBeNull();
    const days = await statusDayModel.find({ component: 'payments' }).lean();
    expect(days).toMatchObject([{ day: DAY, up: 2, degraded: 2, outage: 2 }]);
    expect(await statusDayModel.find({ component: 'mail' }).lean()).toMatchObject([
      { up: 6, degraded: 0, outage: 0 },
    ]);
  });

  it('takes a call that fails once for nothing', async () => {
    const port = portOf(stripe.url);
    await stripe.stop();
    const refusing = createServer().listen(port, '127.0.0.1');
    const refused = once(refusing, 'connection');
    const measuring = measureStatus(at(0), 3_000);
    const [socket] = await refused;
    socket.destroy();
    await new Promise((done) => refusing.close(done));
    stripe = await startStripeEmulator({ dataFile: stripeData, port });
    await measuring;
    expect(await levelsAt(0)).toEqual(ALL_UP);
    expect((await listMeasurements(platform, at(0))).map(({ lastError }) => lastError)).toEqual(
      COMPONENT_IDS.map(() => null),
    );
  });

  it('finds mail degraded, then away, then back, when the mail server stops', async () => {
    expect(await measureAt(0)).toEqual(ALL_UP);
    const [httpPort, smtpPort] = [portOf(mail.url), portOf(mail.smtpUrl)];
    await mail.stop();
    expect(await measureAt(2)).toEqual({ ...ALL_UP, mail: 'degraded' });
    expect(await measureAt(4)).toEqual({ ...ALL_UP, mail: 'outage' });
    const row = (await listMeasurements(platform, at(4))).find(({ id }) => id === 'mail');
    expect(row?.lastError).toMatch(/^The mail server does not answer \([A-Z]+\)$/);
    mail = await startMailCatcher({ httpPort, smtpPort, dataDir: mails });
    await measureAt(6);
    expect(await measureAt(8)).toEqual(ALL_UP);
    // Signing in to the server is not a mail.
    expect(await (await fetch(`${mail.url}/api/messages`)).text()).not.toContain('@');
  });

  it('sees what waits or fails too long, and not what is young, old or alone', async () => {
    await event('received', at(-4));
    await event('received', at(-3 * 24 * 60));
    for (const minutes of [-10, -20]) await event('failed', at(minutes));
    for (let count = 0; count < 5; count++) await event('failed', at(-5 * 60));
    await mailJob({ state: 'waiting', runAt: at(1), attempts: 2 });
    await mailJob({ state: 'waiting', runAt: at(-4), attempts: 0 });
    for (let count = 0; count < 5; count++)
      await mailJob({ state: 'dead', runAt: at(-3 * 60), attempts: 12 });
    expect(await measureAt(0)).toEqual(ALL_UP);
    await event('received', at(-6));
    await mailJob({ state: 'waiting', runAt: at(-6), attempts: 0 });
    expect(await measureAt(0.1)).toEqual({ ...ALL_UP, payments: 'degraded', mail: 'degraded' });
    // However long they wait: the servers answer.
    expect(await measureAt(0.2)).toEqual({ ...ALL_UP, payments: 'degraded', mail: 'degraded' });
    await jobModel.deleteMany({ state: 'waiting' });
    await stripeEventModel.deleteMany({ outcome: 'received' });
    expect(await measureAt(0.3)).toEqual(ALL_UP);
    await event('failed', at(-30));
    for (let count = 0; count < 3; count++) await mailJob({ state: 'waiting', runAt: at(5), attempts: 3 });
    expect(await measureAt(0.4)).toEqual({ ...ALL_UP, payments: 'degraded', mail: 'degraded' });
    const errors = (await listMeasurements(platform, at(0.4))).map(({ lastError }) => lastError);
    expect(errors).toEqual([null, null, null, '3 events of Stripe failed', '3 mails failed']);
  });
});

describe('the page', () => {
  it('tells of maintenance ahead, which counts when it begins', async () => {
    await measureAt(0);
    const planned = {
      ...{ title: 'New disks', impact: 'maintenance' as const, components: ['databases' as const] },
      ...{ text: 'For an hour.', startsAt: at(60 * 24 * 4) },
    };
    await expect(openIncident(platform, { ...planned, startsAt: at(-30) }, at(1))).rejects.toMatchObject({
      field: 'startsAt',
    });
    await expect(openIncident(platform, { ...planned, impact: 'outage' }, at(1))).rejects.toMatchObject({
      field: 'startsAt',
    });
    const id = await openIncident(platform, planned, at(0));
    const status = await getStatus(at(0));
    expect([status.planned.map((one) => one.id), status.open, status.past]).toEqual([[id], [], []]);
    expect(await measureAt(0)).toEqual(ALL_UP);
    forgetStatus();
    const then = await getStatus(at(60 * 24 * 4 + 5));
    expect([then.planned, then.open.map((one) => one.id)]).toEqual([[], [id]]);
    expect(then.levels.databases).toBe('maintenance');
    await incidentModel.deleteMany({});
  });

  it('shows the worse of what people said and what was measured, and counts it so', async () => {
    await measureAt(0);
    await openIncident(
      platform,
      { title: 'Mails are lost', impact: 'outage', components: ['mail'], text: 'We look into it.' },
      at(1),
    );
    expect(await measureAt(2)).toEqual({ ...ALL_UP, mail: 'outage' });
    await incidentModel.updateMany({}, { $set: { impact: 'maintenance' } });
    expect(await measureAt(4)).toEqual({ ...ALL_UP, mail: 'maintenance' });
    expect(await statusDayModel.find({ component: 'mail' }).lean()).toMatchObject([
      { up: 1, degraded: 0, outage: 1 },
    ]);
    const part = (await getStatus(at(4))).parts.find(({ id }) => id === 'mail');
    expect(part?.uptime.percent).toBe('50.00 %');
    expect(part?.uptime.days.at(-1)?.level).toBe('outage');
  });

  it('counts a check once, whoever else writes', async () => {
    await measureStatus(NOW);
    await Promise.all([measureStatus(at(2)), measureStatus(at(2)), measureStatus(at(2))]);
    const [row] = await statusDayModel.find({ component: 'application' }).lean();
    expect(row?.up).toBeGreaterThanOrEqual(2);
    expect(row?.up).toBeLessThanOrEqual(4);
    expect(await statusMeasurementModel.countDocuments({})).toBe(COMPONENT_IDS.length);
  });

  it('forgets days after ninety, names no organization and tells the public no error', async () => {
    await measureStatus(at(-100 * 24 * 60));
    await event('received', at(-10));
    await measureStatus(NOW);
    const status = await getStatus(NOW);
    const told = JSON.stringify(status);
    for (const secret of ['nobody may read', organization.organizationId, 'events of Stripe', '127.0.0.1'])
      expect(told).not.toContain(secret);
    expect(status.parts[0]?.uptime.days.filter(({ level }) => level !== null)).toHaveLength(1);
    expect(status.parts[0]?.uptime.checks).toBe(1);
    const kept = await statusDayModel.find({ day: DAY }).lean();
    for (const { expiresAt } of kept) expect(expiresAt).toEqual(at(91 * 24 * 60));
    expect(JSON.stringify(await listMeasurements(platform, NOW))).not.toContain('127.0.0.1');
  });

  it('reads and measures from indexes', async () => {
    await measureStatus(NOW);
    for (let count = 0; count < 30; count++) {
      await event(count % 3 ? 'received' : 'failed', at(-60 * 24 * count - 10));
      await mailJob({ state: count % 2 ? 'waiting' : 'dead', runAt: at(-count), attempts: 0 });
    }
    expectIndexed(await (await findDays(DAY)).days.explain('executionStats'));
    for (const find of Object.values(await findBacklogs(NOW)))
      expectIndexed(await find.explain('executionStats'));
  });
});

it('tells an error by its kind and never by its words', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED smtp.hospital.test:25'), { code: 'ESOCKET' });
  expect(kindOfError(refused)).toBe('ESOCKET');
  expect(
    kindOfError(Object.assign(new TypeError('user:secret@host'), { code: 'see user:secret@host' })),
  ).toBe('TypeError');
  expect(kindOfError('secret')).toBe('unknown');
});
