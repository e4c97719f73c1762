import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { usageDayModel } from '@/lib/master/models/usage-day';
import { usagePersonModel } from '@/lib/master/models/usage-person';
import { newObjectId, objectId } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { countUse, flushUse } from '@/lib/usage/recorder';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { usageSummaryModel } from './model';
import { countLevels, findUsage, getOwnUse, getUse, listAtRisk, listUsage } from './queries';
import { usageListQuery } from './schema';
import { summarizeAllUse, summarizeUse } from './summarize';

const NOW = new Date('2026-06-15T12:00:00Z');
const DAY = today('UTC', NOW);
const platform = {
  actor: {
    kind: 'platform' as const,
    userId: newObjectId().toString(),
    name: 'A',
    email: 'a@chakravue.test',
  },
  requestId: randomUUID(),
};
const query = (fields: Record<string, unknown> = {}) => usageListQuery.parse(fields);

let a: Awaited<ReturnType<typeof testOrganization>>;
let b: Awaited<ReturnType<typeof testOrganization>>;
const page = (organizationId: string, userId: string, feature = 'patients', at = NOW) =>
  countUse({ organizationId, userId, feature, kind: 'page' }, at);
const summaryOf = async (organizationId: string) =>
  usageSummaryModel.findById(objectId(organizationId)).orFail().lean();
const setOrganization = async (values: Record<string, unknown>) =>
  organizationModel.updateOne({ _id: objectId(a.organizationId) }, { $set: values });
const limitMails = async () =>
  (await jobModel.find({ kind: 'mail.send', key: new RegExp(`^limit:${a.organizationId}:`) }).lean()).map(
    ({ payload }) => String(payload?.subject),
  );

beforeAll(async () => {
  [a, b] = [
    await testOrganization({ name: 'Usage Amber' }),
    await testOrganization({ name: 'Usage Basalt' }),
  ];
});
beforeEach(async () => {
  await flushUse();
  await usageDayModel.deleteMany({});
  await usagePersonModel.deleteMany({});
  await usageSummaryModel.deleteMany({});
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

describe('what is used', () => {
  it('is added up in memory, written once, and counts each person of a day once', async () => {
    for (const userId of ['u1', 'u2', 'u1']) page(a.organizationId, userId);
    page(a.organizationId, 'u1', 'queue');
    page(a.organizationId, 'u1', '$where');
    countUse({ organizationId: a.organizationId, userId: 'u3', feature: '', kind: 'call' }, NOW);
    page(b.organizationId, 'u1');
    expect(await usageDayModel.countDocuments({})).toBe(0);
    await flushUse();
    await flushUse();
    page(a.organizationId, 'u2');
    await summarizeUse(a.organizationId, a.db, NOW);
    await flushUse();
    const row = await usageDayModel.findOne({ organizationId: objectId(a.organizationId) }).lean();
    expect(row).toMatchObject({ day: DAY, pages: 6, calls: 1, activeUsers: 3, staff: 1 });
    expect(row?.features).toEqual({ patients: 4, queue: 1 });
    const { days, features } = await getUse(platform, a.organizationId, NOW);
    expect(days).toHaveLength(30);
    expect(days.at(-1)).toEqual({ day: DAY, activeUsers: 3, pages: 6, calls: 1 });
    expect(features[0]).toEqual({ name: 'patients', uses: 4 });
    expect((await getUse(platform, b.organizationId, NOW)).features).toEqual([{ name: 'patients', uses: 1 }]);
  });

  it('is seen by its own leaders without our opinion of them, and by nobody else', async () => {
    page(a.organizationId, 'u1');
    await flushUse();
    await summarizeUse(a.organizationId, a.db, NOW);
    const own = await getOwnUse(a.ctx('owner'), NOW);
    expect(own.summary).toMatchObject({ id: a.organizationId, staff: { used: 1, limit: 5 } });
    expect(own.summary).not.toHaveProperty('score');
    expect(own.summary).not.toHaveProperty('reasons');
    expect((await getOwnUse(b.ctx('owner'), NOW)).days.every(({ pages }) => pages === 0)).toBe(true);
  });
});

describe('the summary of an organization', () => {
  it('counts different people of this week, of the week before and of 30 days', async () => {
    const worked: [string, number][] = [
      ['u1', 0],
      ['u1', 6],
      ['u2', 7],
      ['u3', 13],
      ['u4', 14],
      ['u5', 30],
    ];
    for (const [userId, daysAgo] of worked)
      page(a.organizationId, userId, 'today', new Date(NOW.getTime() - daysAgo * 24 * 3_600_000));
    await flushUse();
    await summarizeUse(a.organizationId, a.db, NOW);
    expect(await summaryOf(a.organizationId)).toMatchObject({
      activeUsers: { last7: 1, before7: 2, last30: 4 },
      lastSeenAt: NOW,
      databaseBytes: expect.any(Number),
    });
  });

  it('is listed by health, the worst first, counted by level, and gone with its organization', async () => {
    page(b.organizationId, 'u1', 'today', new Date());
    await setOrganization({ status: 'suspended' });
    try {
      await summarizeAllUse();
      const { organizations } = await listUsage(platform, query());
      expect(organizations.map(({ id }) => id)).toEqual([a.organizationId, b.organizationId]);
      expect(organizations[0]?.reasons.map(({ text }) => text)).toContain('Suspended since nothing was paid');
      expect(await countLevels(platform)).toMatchObject({ risk: 1, good: 1 });
      expect((await listAtRisk(platform)).map(({ id }) => id)).toEqual([a.organizationId]);
      expect((await listUsage(platform, query({ health: 'good' }))).organizations).toHaveLength(1);
      expect((await listUsage(platform, query({ q: 'asalt' }))).organizations).toHaveLength(1);
      expect((await listUsage(platform, query({ q: 'nobody at all' }))).organizations).toEqual([]);
      await setOrganization({ status: 'deleted' });
      await summarizeAllUse();
      expect((await listUsage(platform, query())).organizations.map(({ id }) => id)).toEqual([
        b.organizationId,
      ]);
    } finally {
      await setOrganization({ status: 'active' });
    }
  });

  it('is paged without a gap or a repetition, by every column, from an index', async () => {
    await summarizeUse(b.organizationId, b.db, NOW);
    const { _id: _, ...facts } = await summaryOf(b.organizationId);
    await usageSummaryModel.create(
      Array.from({ length: 60 }, (_row, index) => ({ ...facts, _id: newObjectId(), score: index % 7 })),
    );
    for (const sort of ['health', 'name', '-name', '-database', 'seen']) {
      const seen = new Set<string>();
      let after: string | undefined;
      do {
        const found = await listUsage(platform, query({ sort, after }));
        for (const { id } of found.organizations) {
          expect(seen.has(id)).toBe(false);
          seen.add(id);
        }
        after = found.after ?? undefined;
      } while (after);
      expect(seen.size).toBe(61);
      expectIndexed(await (await findUsage(query({ sort }))).find.explain('executionStats'));
    }
    const bounded = await usagePersonModel
      .find({ organizationId: objectId(a.organizationId), day: shiftDay(DAY, -1) })
      .explain('queryPlanner');
    expect(JSON.stringify(bounded)).toContain('IXSCAN');
  });
});

it('tells the owner of a limit once at 80 and once at 100 per cent, also when two processes look', async () => {
  const at = async (seats: number) => {
    await setOrganization({ 'usage.seats': seats });
    await Promise.all([summarizeUse(a.organizationId, a.db, NOW), summarizeUse(a.organizationId, a.db, NOW)]);
  };
  try {
    await summarizeUse(a.organizationId, a.db, NOW);
    await at(3);
    expect(await limitMails()).toEqual([]);
    await at(4);
    await at(4);
    expect(await limitMails()).toEqual(['Usage Amber has used 80% of its staff accounts']);
    await at(5);
    await at(5);
    expect(await limitMails()).toHaveLength(2);
    // One who leaves and one who comes bring no mail; well below the limit it is armed again.
    await at(4);
    await at(5);
    expect(await limitMails()).toHaveLength(2);
    await at(3);
    await at(4);
    expect(await limitMails()).toHaveLength(3);
  } finally {
    await setOrganization({ 'usage.seats': 1 });
  }
});
