import { expect, it } from 'vitest';
import { csvLine, readCsv } from './csv';

it('quotes what needs quotes and disarms what a spreadsheet would run', () => {
  expect(csvLine(['a', 'b,c', 'say "hi"', 1, null, true])).toBe('a,"b,c","say ""hi""",1,,true\r\n');
  expect(csvLine(['=HYPERLINK("x")', '+1+1', '@x', '-1-1'])).toBe(
    '"\'=HYPERLINK(""x"")",\'+1+1,\'@x,-1-1\r\n',
  );
  expect(csvLine(['+91 98450 11111'])).toBe('+91 98450 11111\r\n');
});

it('opens no second cell, whatever cuts cells there, and disarms a formula in each of its forms', () => {
  for (const separator of [',', ';', '|', '\t', '，', '；'])
    expect(csvLine([`x${separator}=1+1`])).toBe(`"x${separator}=1+1"\r\n`);
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    for (const before of ['', ' ', '\t', '\u00a0', '\u200b', '\ufeff', '\u0000'])
      expect(csvLine([`${before}${sign}cmd`]).replace(/^"/, '')[0], JSON.stringify(before + sign)).toBe("'");
  expect(csvLine(['a=b', 'x - y', -5, '-5', '(022) 123'])).toBe('a=b,x - y,-5,-5,(022) 123\r\n');
});

it('reads what it wrote, and what spreadsheets of other languages write', () => {
  const rows = [
    ['Code', 'Name', 'Price'],
    ['OCT', 'OCT, both "eyes"\nand the disc', '1,500.00'],
    ['=X', ' spaced ', ''],
  ];
  const written = `\uFEFF${rows.map(csvLine).join('')}\r\n`;
  expect(readCsv(written)).toEqual([
    { line: 1, cells: ['Code', 'Name', 'Price'] },
    { line: 2, cells: ['OCT', 'OCT, both "eyes"\nand the disc', '1,500.00'] },
    { line: 4, cells: ['=X', 'spaced', ''] },
  ]);
  expect(readCsv('Code;Price\rA;1,50\r')).toEqual([
    { line: 1, cells: ['Code', 'Price'] },
    { line: 2, cells: ['A', '1,50'] },
  ]);
  expect(readCsv('a\tb').map(({ cells }) => cells)).toEqual([['a', 'b']]);
  expect(readCsv('')).toEqual([]);
});
