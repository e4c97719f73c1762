import { expect, it } from 'vitest';
import { fileModel } from '@/features/patients/files/model';
import { newObjectId } from '@/lib/mongo';
import { migratedOrganization } from '@/tests/assertions/migration';
import { markPapers } from './mark-papers';

const org = migratedOrganization();

it('has papers of sales looked up by the day that they came, and leaves other files alone', async () => {
  const files = fileModel(org.ctx()).collection;
  const createdAt = new Date('2026-11-01T08:00:00Z');
  const row = (kind: string) => ({ _id: newObjectId(), subject: { kind, id: `${kind}-1` }, createdAt });
  await files.insertMany([row('sale'), row('patient'), row('claim')]);
  expect(await org.runTwice(markPapers)).toEqual([1, 0]);
  const marked = await files.find({ unsoldSince: { $exists: true } }).toArray();
  expect(marked).toMatchObject([{ subject: { kind: 'sale' }, unsoldSince: createdAt }]);
});
