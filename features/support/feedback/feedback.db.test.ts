import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlatformContext } from '@/lib/actions/platform';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { feedbackModel } from './model';
import { eachFeedback, findFeedback, listFeedback, summarizeFeedback } from './queries';
import { feedbackInput, feedbackListQuery } from './schema';
import { markFeedbackRead, sendFeedback } from './service';

const company: PlatformContext = {
  actor: { kind: 'platform', userId: randomUUID(), name: 'Company', email: 'c@c.test' },
  requestId: 'test',
};
let a: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  a = await testOrganization({ name: 'Feedback hospital' });
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

const give = (mood: string, more: Record<string, string> = {}) =>
  sendFeedback(a.ctx('owner'), feedbackInput.parse({ mood, page: '/today', ...more }));
const query = (given: Record<string, string> = {}) => feedbackListQuery.parse(given);

it('reaches the company with the page and no id, and an address only of who allows it', async () => {
  await give('2', { text: 'The list is long.', page: '/patients/65f1c0ffee65f1c0ffee65f1?q=Meera' });
  await give('5', { text: '=1+1', mayContact: 'on' });
  const { entries } = await listFeedback(company, query());
  expect(entries).toMatchObject([
    { mood: '5', email: a.owner.email, organization: 'Feedback hospital', isRead: false },
    { mood: '2', email: null, page: '/patients/…', text: 'The list is long.' },
  ]);
  expect(await summarizeFeedback(company)).toMatchObject({ total: 2, mean: 3.5, unread: 2 });

  await markFeedbackRead(company, entries[0]?.id ?? '');
  expect((await listFeedback(company, query({ unread: '1' }))).entries.map(({ mood }) => mood)).toEqual([
    '2',
  ]);
  expect((await listFeedback(company, query({ mood: '5' }))).entries).toHaveLength(1);
  await expect(markFeedbackRead(company, '0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const texts: string[] = [];
  for await (const { text } of eachFeedback(company, query())) texts.push(text);
  expect(texts).toEqual(['=1+1', 'The list is long.']);
});

it('does not come from support', async () => {
  const ctx = a.ctx('owner');
  const actor = { ...ctx.actor, onBehalfOf: { id: 'x', name: 'Owner' } } as typeof ctx.actor;
  const input = feedbackInput.parse({ mood: '1' });
  await expect(sendFeedback({ ...ctx, actor }, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(feedbackInput.safeParse({ mood: '6' }).success).toBe(false);
});

it('pages through all of it once, from an index, whatever is asked', async () => {
  await Promise.all(Array.from({ length: 8 }, () => give('3')));
  const all = await feedbackModel.countDocuments({});
  const seen = new Set<string>();
  let after: string | null = null;
  do {
    const { page, find }: Awaited<ReturnType<typeof findFeedback>> = await findFeedback(
      { ...query(), ...(after ? { after } : {}) },
      3,
    );
    const found = page.toPage(await find.lean(), (row) => [row.createdAt.toISOString(), row._id.toString()]);
    for (const row of found.rows) seen.add(row._id.toString());
    after = found.after;
  } while (after);
  expect(seen.size).toBe(all);
  for (const asked of [{}, { mood: '3' }, { unread: '1' }, { organization: a.organizationId }])
    expectIndexed(await (await findFeedback(query(asked))).find.explain('executionStats'));
});
