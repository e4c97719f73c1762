import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { type SheetCell, workbookOf } from './spreadsheet';

async function* each(rows: SheetCell[][]) {
  yield* rows;
}

/** The files of a workbook, opened by another library than the one that wrote it. */
async function partsOf(rows: SheetCell[][]): Promise<Map<string, string>> {
  const bytes = await buffer(workbookOf(each(rows)));
  const parts = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          parts.set(entry.fileName, String(await buffer(stream)));
          zip.readEntry();
        }),
      );
      zip.on('end', resolve).on('error', reject);
      zip.readEntry();
    });
  });
  return parts;
}

const SIGNS: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#13;': '\r' };
const read = (xml: string): string =>
  xml.replace(/&(?:amp|lt|gt|#13);/g, (sign) => SIGNS[sign] ?? '').replace(/_x005F_/g, '_');

/** The cells of a sheet: texts in quotes, numbers bare. */
const cellsOf = (sheet: string): string[][] =>
  [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<c(?: [^>]*)?(?:\/>|>(.*?)<\/c>)/gs)].map(([, cell = '']) => {
      const text = /<t xml:space="preserve">(.*)<\/t>/s.exec(cell)?.[1];
      return text === undefined ? (/<v>(.*)<\/v>/.exec(cell)?.[1] ?? '') : JSON.stringify(read(text));
    }),
  );
const sheetOf = async (rows: SheetCell[][]) => (await partsOf(rows)).get('xl/worksheets/sheet1.xml') ?? '';

it('keeps as text what a spreadsheet would turn into a number, a date or a formula', async () => {
  const texts = [
    '00042',
    '3-4',
    '1E10',
    '09845011111',
    '-1-1',
    '1234567890123456789',
    '=1+1',
    "'x",
    ' a\r\nb ',
  ];
  const sheet = await sheetOf([texts]);
  expect(cellsOf(sheet)).toEqual([texts.map((text) => JSON.stringify(text))]);
  expect(sheet).not.toContain('<f>');
});

it('writes numbers as numbers and days as dates, also about the leap day that only Excel has', async () => {
  const days = ['2026-11-30', '1970-01-01', '1900-03-01', '1900-02-28', '1899-12-31'];
  const cells = [1.5, -3, null, '', ...days.map((day) => ({ day }))];
  expect(cellsOf(await sheetOf([cells]))).toEqual([
    ['1.5', '-3', '', '', '46356', '25569', '61', '"1900-02-28"', '"1899-12-31"'],
  ]);
});

it('is a workbook of five parts and a sheet, and one of no rows is one too', async () => {
  expect([...(await partsOf([])).keys()].sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
});

it('gives every text back but for what XML cannot hold', async () => {
  const held = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 40 })), async (texts) => {
      const rows = texts.filter((text) => text !== '' && !/_x/i.test(text)).map((text) => [text]);
      const wanted = rows.map(([text = '']) => [JSON.stringify(text.replace(held, ''))]);
      expect(cellsOf(await sheetOf(rows))).toEqual(wanted);
    }),
  );
  expect(cellsOf(await sheetOf([['_x000D_ and _x']]))).toEqual([['"_x000D_ and _x"']]);
});

it('says where a text was cut that no cell holds', async () => {
  const [[cell = ''] = []] = cellsOf(await sheetOf([['a'.repeat(40_000)]]));
  expect(cell.length).toBe(32_767 + 2);
  expect(cell).toContain('(cut here');
});

it('ends when the reader goes, and fails where the rows fail', async () => {
  let isBegun = false;
  let isLeft = false;
  async function* endless() {
    try {
      isBegun = true;
      for (;;) yield ['row'.repeat(1_000)];
    } finally {
      isLeft = true;
    }
  }
  const reader = workbookOf(endless()).getReader();
  while (!isBegun) await reader.read();
  await reader.cancel();
  await expect.poll(() => isLeft).toBe(true);
  async function* broken() {
    yield ['one'];
    throw new Error('the database went away');
  }
  await expect(buffer(workbookOf(broken()))).rejects.toThrow('the database went away');
});
