import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileModel } from '@/features/patients/files/model';
import { newObjectId } from '@/lib/mongo';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { markPapers } from './mark-papers';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('has papers of sales looked up by the day that they came, and leaves other files alone', async () => {
  const files = fileModel(org.ctx()).collection;
  const createdAt = new Date('2026-11-01T08:00:00Z');
  const row = (kind: string) => ({ _id: newObjectId(), subject: { kind, id: `${kind}-1` }, createdAt });
  await files.insertMany([row('sale'), row('patient'), row('claim')]);
  const changed: number[] = [];
  const progress = { from: null, done: async (_at: unknown, count: number) => void changed.push(count) };
  await markPapers(org.db, progress);
  await markPapers(org.db, progress);
  expect(changed).toEqual([1, 0]);
  const marked = await files.find({ unsoldSince: { $exists: true } }).toArray();
  expect(marked).toMatchObject([{ subject: { kind: 'sale' }, unsoldSince: createdAt }]);
});
