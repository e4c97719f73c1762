import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPdf } from '@/tests/assertions/pdf-text';
import { type Paper, printSlip } from './slip';

const draw = (paper: Paper, rows: number) =>
  printSlip(paper, { title: 'Bill B/2627/000001', author: 'Lake Eye Hospital' }, (slip) => {
    slip.text('Łódź Eye Hospital', { size: 12, weight: '600' });
    slip.text(`${'A long address that goes on in the next line '.repeat(4)}\nLast line`);
    for (let index = 0; index < rows; index++) slip.pair(`Service ${index}`, '1,500.00');
    slip.rule();
    slip.code('upi://pay?pa=eye@bank&am=1.00&cu=INR', 'Pay by UPI');
    if (paper === 'a4')
      slip.table(
        [
          { label: 'Service', cell: (name: string) => name },
          { label: 'Total', cell: () => '500.00', width: 80 },
        ],
        ['Consultation', 'OCT'],
      );
  });

const heightOf = (file: Buffer): number =>
  Number(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(file.toString('latin1'))?.[1] ?? 0);

it('makes a roll as long as what is on it, and one page of it', async () => {
  const [short, long] = await Promise.all([draw('roll', 2), draw('roll', 80)]);
  if (process.env.PDF_OUT) writeFileSync(process.env.PDF_OUT, short);
  expect(heightOf(long) - heightOf(short)).toBeGreaterThan(78 * 10);
  expect(heightOf(short)).toBeLessThan(400);
  for (const file of [short, long]) expect(readPdf(file).pages).toBe(1);
  expect(readPdf(long).text).toContain('Service 79');
  expect(readPdf(short).text.join(' ')).toContain('Last line');
});

it('goes on to further pages where a page is full, and loses no line', async () => {
  const file = await draw('a4', 120);
  const { pages, text } = readPdf(file);
  expect(heightOf(file)).toBeCloseTo(841.89);
  expect(pages).toBeGreaterThan(2);
  for (const index of [0, 59, 119]) expect(text).toContain(`Service ${index}`);
  expect(text).toContain('Consultation');
});
