import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DRAFT_BYTES, saveDraftInput } from '@/lib/drafts/schema';
import { isAppError } from '@/lib/errors';
import { readFields } from '@/lib/forms';
import type { PaperDocument } from '@/lib/paper';
import { readPdf } from '@/tests/assertions/pdf-text';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { KEPT_LOGO, MOST_LOGO_BYTES } from './policy';
import { getLetterhead, listPrints, paperFrame } from './queries';
import { letterheadInput } from './schema';
import { printPaper, saveLetterhead } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  a = await testOrganization({ name: 'Śrī Netrālaya' });
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

const given = {
  name: 'Sri Netralaya',
  secondName: 'శ్రీ నేత్రాలయ',
  address: '12, MG Road\nGuntur',
  size: 'A5',
  top: '12',
  bottom: '12',
  side: '14',
};
/** One transparent pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

it('has the organization’s name until somebody writes more, and keeps what was written', async () => {
  expect(await getLetterhead(a.ctx())).toMatchObject({ name: 'Śrī Netrālaya', logo: '', size: 'A4' });
  await saveLetterhead(a.ctx(), letterheadInput.omit({ version: true }).parse({ ...given, logo: PIXEL }));
  expect(await getLetterhead(a.ctx())).toMatchObject({ name: 'Sri Netralaya', size: 'A5' });
  const { logo } = await getLetterhead(a.ctx());
  expect(await sharp(Buffer.from(logo, 'base64')).metadata()).toMatchObject({ format: 'png', width: 1 });
  // The form does not carry the stored one about: it says that it stays.
  const same = letterheadInput.omit({ version: true }).parse({ ...given, logo: KEPT_LOGO });
  await saveLetterhead(a.ctx(), same);
  expect((await getLetterhead(a.ctx())).logo).toBe(logo);
  expect((await getLetterhead(a.ctx())).glassesMonths).toBe(12);
  const next = letterheadInput.omit({ version: true }).parse({ ...given, glassesMonths: '24' });
  await saveLetterhead(a.ctx(), next);
  const stored = { logo: '', secondName: given.secondName, glassesMonths: 24 };
  expect(await getLetterhead(a.ctx())).toMatchObject(stored);
});

it('has room for the largest logo, in a posted form and in a draft with all that is typed beside it', () => {
  const logo = Buffer.alloc(MOST_LOGO_BYTES).toString('base64');
  const form = new FormData();
  const texts = { ...given, address: 'अ'.repeat(300), doctors: 'अ'.repeat(400), footer: 'अ'.repeat(160) };
  for (const [name, value] of Object.entries({ ...texts, logo })) form.set(name, value);
  const fields = readFields(form);
  expect(fields?.logo).toHaveLength(logo.length);
  expect(letterheadInput.omit({ version: true }).safeParse(fields).success).toBe(true);
  // After a save the draft begins with the picture that was chosen, and may hold another one.
  const draft = { form: 'letterhead', of: 'new', fields, base: fields };
  expect(saveDraftInput.safeParse(draft).success).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(draft))).toBeLessThan(DRAFT_BYTES);
});

it('takes no logo that cannot be drawn', async () => {
  expect(letterheadInput.safeParse({ ...given, logo: 'not base64!' }).success).toBe(false);
  const broken = letterheadInput
    .omit({ version: true })
    .parse({ ...given, logo: `${PIXEL.slice(0, 40)}AAAA` });
  const refusal = await saveLetterhead(a.ctx(), broken).catch((error: unknown) => error);
  expect(isAppError(refusal) && refusal.code).toBe('INVALID_INPUT');
  expect(await getLetterhead(a.ctx())).toMatchObject({ logo: '' });
});

it('marks a copy from the second print on, has the patient and the pages on each, and says who printed', async () => {
  const ctx = a.ctx('doctor');
  const frame = await paperFrame(ctx);
  const makePaper = (mark: string | undefined): PaperDocument => ({
    ...frame,
    title: 'Prescription',
    patient: 'లక్ష్మి కృష్ణారావు, P-000007',
    day: '29 Nov 2026',
    language: 'te',
    ...(mark ? { mark } : {}),
    blocks: [
      {
        kind: 'items',
        items: Array.from({ length: 14 }, (_, index) => ({ title: `Medicine ${index}`, lines: ['a'] })),
      },
    ],
  });
  const prints = [];
  for (let count = 0; count < 2; count++)
    prints.push(readPdf(await printPaper(ctx, 'prescription:x:v1', makePaper)));
  const [first, second] = prints;
  expect(first?.text).not.toContain('Copy');
  expect(second?.text).toContain('Copy');
  expect(first?.pages).toBe(2);
  expect(first?.text.join('').match(/P-000007/g)?.length).toBeGreaterThanOrEqual(4);
  expect(first?.text.join(' ')).toContain('Page 2 of 2');
  expect(first?.text.join('')).not.toContain('does not have');
  // A new version is a new paper.
  const changed = readPdf(await printPaper(ctx, 'prescription:x:v2', makePaper));
  expect(changed.text).not.toContain('Copy');
  expect((await listPrints(ctx, 'prescription:x:v1')).map(({ byName }) => byName)).toEqual([
    ctx.actor.name,
    ctx.actor.name,
  ]);
});
