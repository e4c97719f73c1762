import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { jobModel } from '@/lib/master/models/job';
import { newObjectId, op } from '@/lib/mongo';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections } from '@/tests/builders/organization';
import { incidentModel, statusSubscriberModel } from './model';
import { openIncidentInput } from './schema';
import { openIncident, updateIncident } from './service';
import {
  askToSubscribe,
  confirmSubscription,
  countSubscribers,
  endSubscription,
  findSubscribers,
  readJoinLink,
  readLeaveLink,
  tellSubscribers,
} from './subscribers';

const platform = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'Sunil',
    email: 's@chakravue.test',
  },
  requestId: randomUUID(),
};
const mailsTo = async (to: string) =>
  (await jobModel.find({ kind: 'mail.send', 'payload.to': to }).sort({ _id: 1 }).lean()).map(
    ({ payload }) => ({ ...payload, text: String(payload?.text) }) as { text: string; subject?: string },
  );
const tokenIn = (text: string | undefined, path: string): string =>
  new RegExp(`${path}/([\\w.-]+)`).exec(text ?? '')?.[1] ?? '';

beforeAll(ensureMasterIndexes);
beforeEach(async () => {
  await statusSubscriberModel.deleteMany({});
  await incidentModel.deleteMany({});
});
afterAll(closeConnections);

async function subscribed(email: string): Promise<void> {
  await askToSubscribe(email);
  await confirmSubscription(tokenIn((await mailsTo(email)).at(-1)?.text, '/status/confirm'));
}
async function tell(): Promise<number> {
  const jobs = await jobModel.find({ kind: 'status.tell', state: 'waiting' }).lean();
  let mails = 0;
  for (const { key } of jobs) mails += await tellSubscribers(key);
  await jobModel.deleteMany({ _id: op({ $in: jobs.map(({ _id }) => _id) }) });
  return mails;
}

it('is asked for by an address that confirms it, hears of each word once, and leaves by a link', async () => {
  await jobModel.deleteMany({ kind: 'status.tell' });
  const [asha, stranger] = [`Asha-${randomUUID()}@Hospital.test`, `other-${randomUUID()}@hospital.test`];
  await askToSubscribe(stranger);
  expect(await countSubscribers()).toBe(0);
  await subscribed(asha);
  await subscribed(asha.toLowerCase());
  expect(await countSubscribers()).toBe(1);

  const incident = openIncidentInput.parse({
    ...{ title: 'Mails come late', impact: 'degraded', components: 'mail', text: 'Our provider is slow.' },
  });
  const incidentId = await openIncident(platform, incident);
  const jobs = await jobModel.find({ kind: 'status.tell', state: 'waiting' }).lean();
  expect(jobs).toHaveLength(1);
  expect(await tellSubscribers(jobs[0]?.key ?? '')).toBe(1);
  // Run again after it was cut off, it goes on with those who have none.
  await statusSubscriberModel.create({ email: stranger, emailKey: stranger, confirmedAt: new Date() });
  expect(await tell()).toBe(1);
  const { text = '', subject } = (await mailsTo(asha)).at(-1) ?? {};
  expect(subject).toBe('Mails come late: We are looking into it');
  for (const words of ['Our provider is slow.', 'Slow or partly broken: Mail.'])
    expect(text).toContain(words);

  const token = tokenIn(text, '/status/leave');
  await endSubscription(token);
  await endSubscription(token);
  expect(await statusSubscriberModel.exists({ emailKey: asha.toLowerCase() })).toBeNull();
  await updateIncident(platform, { incidentId, state: 'resolved', text: 'It is fast again.' });
  expect(await tell()).toBe(1);
  expect((await mailsTo(stranger)).at(-1)?.subject).toBe('Mails come late: Over');
});

it('takes no link that is forged, too old, or of the other kind', async () => {
  const email = `old-${randomUUID()}@hospital.test`;
  await askToSubscribe(email, new Date(Date.now() - 3 * 86_400_000));
  const old = tokenIn((await mailsTo(email)).at(-1)?.text, '/status/confirm');
  await expect(confirmSubscription(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await askToSubscribe(email);
  const token = tokenIn((await mailsTo(email)).at(-1)?.text, '/status/confirm');
  expect(readJoinLink(token)).toBe(email);
  expect(readLeaveLink(token)).toBeNull();
  await expect(confirmSubscription(`${token.slice(0, -3)}abc`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(endSubscription(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('says when planned work begins, and reads those who are told from an index', async () => {
  await jobModel.deleteMany({ kind: 'status.tell' });
  const email = `planned-${randomUUID()}@hospital.test`;
  await subscribed(email);
  const startsAt = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16);
  await openIncident(
    platform,
    openIncidentInput.parse({
      ...{ title: 'New servers', impact: 'maintenance', components: ['databases'], text: 'Ten minutes.' },
      startsAt,
    }),
  );
  expect(await tell()).toBe(1);
  expect((await mailsTo(email)).at(-1)?.subject).toMatch(/^New servers: Planned from .* UTC$/);
  expectIndexed(await findSubscribers('').explain('executionStats'));
});
