import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { loadLetters, piecesOf } from './letters';
import { openSheet } from './sheet';

const head = {
  organization: 'Łódź Eye Hospital',
  contact: '+91 98450 12345',
  title: 'Report',
  period: '1 March 2026',
  printed: 'Meera',
};

it('prints names of several scripts on one line, and says so where it cannot', async () => {
  const sheet = await openSheet(head);
  sheet.table(
    [
      { label: 'Doctor', cell: (name: string) => name },
      { label: 'Visits', cell: () => '12', width: 60 },
    ],
    ['Dr. मीरा नायर', 'Ольга Петрова', 'Şükran Öztürk', '山田'],
    'Nobody',
  );
  const file = await sheet.finish();
  if (process.env.PDF_OUT) writeFileSync(process.env.PDF_OUT, file);
  const { pages, text } = readPdf(file);
  const all = text.join('');
  expect(pages).toBe(1);
  expect(all).toContain('Łódź Eye Hospital'.normalize('NFC'));
  for (const name of ['Ольга Петрова', 'Şükran Öztürk']) expect(all).toContain(name);
  expect(all).toContain('cannot print');
  expect(all).toContain('Page 1 of 1');
});

it('goes on to further pages with the head of the table, and cuts what is too long', async () => {
  const sheet = await openSheet(head);
  const rows = Array.from(
    { length: 120 },
    (_, index) => `Medicine ${index} ${'x'.repeat(index === 0 ? 300 : 1)}`,
  );
  sheet.table([{ label: 'Medicine', cell: (name: string) => name }], rows, '');
  const { pages, text } = readPdf(await sheet.finish());
  expect(pages).toBeGreaterThan(2);
  expect(text.filter((one) => one === 'Medicine')).toHaveLength(pages);
  expect(text.some((one) => /^Medicine 0 x+…$/.test(one))).toBe(true);
  expect(text).toContain('Medicine 119 x');
  expect(text).toContain(`Page ${pages} of ${pages}`);
  expect(text.join('')).not.toContain('cannot print');
});

it('keeps marks with their letters', async () => {
  const { scripts } = await loadLetters();
  expect(piecesOf('Dr. मीरा', scripts).pieces.map(({ script }) => script)).toEqual(['latin', 'devanagari']);
  expect(piecesOf('e\u0301', scripts)).toEqual({
    pieces: [{ text: 'é', script: 'latin' }],
    hasUnknown: false,
  });
});
