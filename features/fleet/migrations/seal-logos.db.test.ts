import { afterAll, beforeAll, expect, it } from 'vitest';
import { letterheadModel } from '@/features/identity/papers/model';
import { getLetterhead } from '@/features/identity/papers/queries';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { sealedVersion } from '@/lib/crypto/field-cipher';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { sealLogos } from './seal-logos';

/** One transparent pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('a logo that was stored in the clear reads as before, and is sealed once', async () => {
  const ctx = org.ctx();
  const given = { name: 'Netralaya', size: 'A4', top: '9', bottom: '9', side: '9' };
  await saveLetterhead(ctx, letterheadInput.omit({ version: true }).parse(given));
  const rows = letterheadModel(ctx).collection;
  await rows.updateOne({}, { $set: { logo: PIXEL } });
  expect((await getLetterhead(ctx)).logo).toBe(PIXEL);

  const changed: number[] = [];
  const progress = { from: null, done: async (_at: unknown, count: number) => void changed.push(count) };
  await sealLogos(org.db, progress);
  await sealLogos(org.db, progress);
  expect(changed).toEqual([1, 0]);
  const stored = await rows.findOne({});
  expect(sealedVersion(String(stored?.logo))).toBe(1);
  expect((await getLetterhead(ctx)).logo).toBe(PIXEL);
});
