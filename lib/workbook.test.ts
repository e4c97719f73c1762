import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { readCsv } from './csv';
import { type SheetCell, workbookOf } from './spreadsheet';
import { isWorkbook, readWorkbook, WorkbookError } from './workbook';

async function zipped(parts: Record<string, string | Buffer>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream as NodeJS.ReadableStream));
}

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const book = (sheets: string, properties = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="${RELATION}">${properties}<sheets>${sheets}</sheets></workbook>`;
const relations = (...targets: string[]) =>
  `<Relationships>${targets.map((target, at) => `<Relationship Id="r${at + 1}" Target="${target}"/>`).join('')}</Relationships>`;
const ONE = {
  'xl/workbook.xml': book('<sheet name="Stock" sheetId="1" r:id="r1"/>'),
  'xl/_rels/workbook.xml.rels': relations('worksheets/sheet1.xml'),
};
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const rowsOf = (bytes: Uint8Array, asked?: string) =>
  readCsv(readWorkbook(bytes, asked).text).map(({ line, cells }) => [line, ...cells]);

it('reads what the product writes itself: texts as they are, numbers, days', async () => {
  const rows: SheetCell[][] = [
    ['Medicine', 'Lot', 'Expiry', 'Quantity', 'Cost'],
    ['Moxifloxacin “0.5 %”, drops', '00042', { day: '2028-03-31' }, 12, 61.55],
    ['=1+1', '-1-1', { day: '2027-12-01' }, 0.1 + 0.2, null],
    ['मोक्सी', 'a\nb', null, 8901234567890, 1e-7],
  ];
  async function* each() {
    yield* rows;
  }
  const bytes = new Uint8Array(await buffer(workbookOf(each()) as never));
  expect(isWorkbook(bytes)).toBe(true);
  expect(readCsv(readWorkbook(bytes).text).map(({ cells }) => cells)).toEqual([
    ['Medicine', 'Lot', 'Expiry', 'Quantity', 'Cost'],
    ['Moxifloxacin “0.5 %”, drops', '00042', '2028-03-31', '12', '61.55'],
    ['=1+1', '-1-1', '2027-12-01', '0.3'],
    ['मोक्सी', 'a\nb', '', '8901234567890', '1e-7'],
  ]);
});

it('reads a workbook as Excel writes it: shared texts, styles, formulas by their last value', async () => {
  const bytes = await zipped({
    // The sheet stands before what its cells refer to.
    'xl/worksheets/sheet1.xml': sheet(
      [
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>',
        '<row r="3"><c r="A3" s="1"><v>46477</v></c><c r="B3" s="2"><v>46477</v></c><c r="C3" s="3"><v>0.05</v></c>',
        '<c r="D3" s="4"><v>46477</v></c><c r="E3"><f>WEBSERVICE("http://x")</f><v>61.499999999999993</v></c>',
        '<c r="F3" t="str"><f>A1&amp;"x"</f><v>Timolol x</v></c><c r="G3" t="b"><v>1</v></c>',
        '<c r="H3" t="e"><v>#N/A</v></c><c r="I3"/><c r="AA3" t="inlineStr"><is><t>far</t></is></c></row>',
      ].join(''),
    ),
    ...ONE,
    'xl/sharedStrings.xml':
      '<sst><si><t>Medi</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>not this</t></rPh></si></sst>',
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-409]mmm\\-yy;@"/><numFmt numFmtId="165" formatCode="&quot;due &quot;0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/></cellXfs></styleSheet>',
  });
  expect(rowsOf(bytes)).toEqual([
    [1, 'Medi', '', 'Rich text'],
    [
      ...[3, '2027-03-31', '2027-03', '5%', '46477', '61.5', 'Timolol x', 'TRUE', '#N/A'],
      ...Array.from({ length: 18 }, () => ''),
      'far',
    ],
  ]);
});

it('takes the first sheet that is shown, or the one that is asked for, and both counts of days', async () => {
  const bytes = await zipped({
    'xl/workbook.xml': book(
      '<sheet name="Notes" state="hidden" r:id="r1"/><sheet name="May" r:id="r2"/><sheet name="June" r:id="r3"/>',
      '<workbookPr date1904="1"/>',
    ),
    'xl/_rels/workbook.xml.rels': relations('worksheets/a.xml', '/xl/worksheets/b.xml', 'worksheets/c.xml'),
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/a.xml': sheet('<row><c t="str"><v>hidden</v></c></row>'),
    'xl/worksheets/b.xml': sheet('<row><c s="0"><v>0</v></c></row>'),
    'xl/worksheets/c.xml': sheet('<row><c t="str"><v>June</v></c></row>'),
  });
  expect(readWorkbook(bytes)).toEqual({ sheets: ['May', 'June'], sheet: 'May', text: '1904-01-01' });
  expect(readWorkbook(bytes, 'June')).toMatchObject({ sheet: 'June', text: 'June' });
});

it('refuses what unpacks to more than a list is, before it is held', async () => {
  const spaces = Buffer.alloc(200_000_000, ' ');
  const bytes = await zipped({ ...ONE, 'xl/worksheets/sheet1.xml': spaces });
  expect(bytes.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().arrayBuffers;
  expect(() => readWorkbook(bytes)).toThrow(/too large/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000);
  // A part that nobody reads is not unpacked.
  const beside = await zipped({ ...ONE, 'xl/media/a.bin': spaces, 'xl/worksheets/sheet1.xml': sheet('') });
  expect(readWorkbook(beside).text).toBe('');
});

it('refuses more rows than are read, and entities of its own', async () => {
  const filled = (r: string) => `<row${r}><c t="str"><v>a</v></c></row>`;
  const many = sheet(filled('').repeat(5_001));
  for (const rows of [sheet(filled(' r="900000"')), many]) {
    const far = await zipped({ ...ONE, 'xl/worksheets/sheet1.xml': rows });
    expect(() => readWorkbook(far)).toThrow(/5,000 rows/);
  }
  // With a border or a space and no text a row does not count, wherever it stands.
  const bare = '<row r="900000" s="1"><c s="1"/><c t="str"><v> </v></c></row>';
  const framed = await zipped({
    ...ONE,
    'xl/worksheets/sheet1.xml': sheet(`${filled('')}${bare}<row s="1"/>`),
  });
  expect(readWorkbook(framed).text).toBe('a');
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${sheet('<row><c t="str"><v>&b;</v></c></row>')}`;
  const bomb = await zipped({ ...ONE, 'xl/worksheets/sheet1.xml': laughs });
  expect(() => readWorkbook(bomb)).toThrow(WorkbookError);
});

it('says what to do with what is no workbook', async () => {
  expect(() => readWorkbook(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0))).toThrow(/password/);
  const whole = await zipped({ ...ONE, 'xl/worksheets/sheet1.xml': sheet('<row/>') });
  for (const bytes of [
    await zipped({ 'word/document.xml': '<a/>' }),
    await zipped({ ...ONE }),
    await zipped({ ...ONE, 'xl/worksheets/sheet1.xml': '<worksheet><row>' }),
    whole.subarray(0, 60),
    Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1, 2, 3),
  ])
    expect(() => readWorkbook(bytes)).toThrow(/Save it as an Excel workbook/);
  expect(isWorkbook(new TextEncoder().encode('Medicine,Lot'))).toBe(false);
});
