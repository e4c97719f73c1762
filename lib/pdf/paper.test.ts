import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { DEFAULT_MARGINS, type PaperBlock, type PaperDocument, type PaperItem } from '../paper';
import { renderPaper } from './paper';

const paperOf = (block: PaperBlock, size: PaperDocument['size'] = 'A5'): PaperDocument => ({
  title: 'Visit summary',
  size,
  head: { name: 'Lake Eye Hospital', lines: [] },
  margins: DEFAULT_MARGINS,
  patient: 'Asha Rao, P-1',
  day: '29 Nov 2026',
  blocks: [block],
  printed: 'Printed by Meera.',
  language: 'en',
});
const textOf = async (paper: PaperDocument) => readPdf(await renderPaper(paper));

const LONG =
  'Nuclear sclerosis 2+, cortical cataract, posterior subcapsular cataract, pseudoexfoliation, phacodonesis';

it.each(['A4', 'A5', 'roll80'] as const)('writes all of a cell of a table on %s', async (size) => {
  const columns = ['', 'Right eye', 'Left eye'];
  const rows = [
    ['Lens', LONG, 'Clear'],
    ['Cornea', 'Clear', `${'x'.repeat(90)}END`],
  ];
  const { text } = await textOf(paperOf({ kind: 'table', columns, rows }, size));
  const all = text.join(' ');
  expect(all).not.toContain('…');
  // Pieces of a line are drawn apart: letters in their order are what counts.
  expect(text.join('').replaceAll(' ', '')).toContain(LONG.replaceAll(' ', ''));
  expect(text.join('')).toContain(`${'x'.repeat(90)}END`);
});

it('writes a row below the highest cell of the one above', async () => {
  const rows = (first: string) => [
    [first, 'Clear'],
    ...Array.from({ length: 20 }, (_, i) => [`Row ${i}`, 'Clear']),
  ];
  const table = (first: string): PaperBlock => ({
    kind: 'table',
    columns: ['', 'Right eye'],
    rows: rows(first),
  });
  const [short, long] = [await textOf(paperOf(table('Lens'))), await textOf(paperOf(table(LONG.repeat(4))))];
  expect([short.pages, long.pages]).toEqual([1, 2]);
  // What goes on has its columns named again.
  expect(long.text.filter((one) => one === 'Right eye')).toHaveLength(2);
});

const DOSE =
  '1 drop in both eyes 6 times a day for 1 week, then 4 times a day for 1 week, then twice a day for 1 week';
const medicine = { title: 'Prednisolone acetate', aside: '2 bottles', eye: 'both' as const, lines: [DOSE] };

it('writes no dose into the eyes beside it', async () => {
  const linesOf = async (item: PaperItem) =>
    (await textOf(paperOf({ kind: 'items', items: [item] }, 'A4'))).text;
  const { eye: _eye, aside: _aside, ...plain } = medicine;
  // It is one line where nothing stands at the right, and two where the eyes do.
  expect(await linesOf(plain)).toContain(DOSE);
  const beside = await linesOf(medicine);
  expect(beside).not.toContain(DOSE);
  expect(beside.join(' ')).toContain(DOSE);
});

it('has who signs beside the code, on the page of what is signed', async () => {
  const signed = (count: number): PaperDocument => ({
    ...paperOf({ kind: 'items', items: Array.from({ length: count }, () => medicine) }, 'A4'),
    blocks: [
      { kind: 'items', items: Array.from({ length: count }, () => medicine) },
      { kind: 'code', content: 'R-1', caption: 'For the pharmacy.' },
      { kind: 'signature', name: 'Dr Rao', lines: ['Registration TN 1', '29 Nov 2026'] },
    ],
  });
  for (const count of [1, 5, 9, 10, 11, 12, 13]) {
    const { text } = await textOf(signed(count));
    // No page begins with the signature: its head would stand right before it.
    expect(text.join(' ')).not.toMatch(/Visit summary: Asha Rao, P-1 Dr Rao/);
  }
});
