import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { DEFAULT_MARGINS, type PaperBlock, type PaperDocument } from '../paper';
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
