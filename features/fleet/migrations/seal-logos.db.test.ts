import { expect, it } from 'vitest';
import { letterheadModel } from '@/features/identity/papers/model';
import { getLetterhead } from '@/features/identity/papers/queries';
import { letterheadInput } from '@/features/identity/papers/schema';
import { saveLetterhead } from '@/features/identity/papers/service';
import { sealedVersion } from '@/lib/crypto/field-cipher';
import { migratedOrganization } from '@/tests/assertions/migration';
import { sealLogos } from './seal-logos';

/** One transparent pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const org = migratedOrganization();

it('a logo that was stored in the clear reads as before, and is sealed once', async () => {
  const ctx = org.ctx();
  const given = { name: 'Netralaya', size: 'A4', top: '9', bottom: '9', side: '9' };
  await saveLetterhead(ctx, letterheadInput.omit({ version: true }).parse(given));
  const rows = letterheadModel(ctx).collection;
  await rows.updateOne({}, { $set: { logo: PIXEL } });
  expect((await getLetterhead(ctx)).logo).toBe(PIXEL);

  expect(await org.runTwice(sealLogos)).toEqual([1, 0]);
  const stored = await rows.findOne({});
  expect(sealedVersion(String(stored?.logo))).toBe(1);
  expect((await getLetterhead(ctx)).logo).toBe(PIXEL);
});
