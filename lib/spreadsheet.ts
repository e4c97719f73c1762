import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Day } from './time';

/** A day is written as a date that a spreadsheet reckons with; text stays text, whatever it looks like. */
export type SheetCell = string | number | null | { day: Day };

/** Excel's limits of one sheet. */
const ROWS = 1_048_576;
const LETTERS = 32_767;
const TOO_MANY = 'More rows do not fit into a sheet. The CSV file holds them all.';
const CUT = ' ... (cut here: a cell holds no more; the CSV file has all of it)';
/** Days from Excel's day 0 to 1970-01-01. Its 29 February 1900 never was: earlier days stay text. */
const DAY = 86_400_000;
const EPOCH = 25_569;
const FIRST_SURE_DAY = 61;
const DATE_STYLE = 1;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The parts of a workbook of one sheet besides the sheet itself (ECMA-376, Office Open XML). */
const PARTS: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
/** What XML 1.0 cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are taken out.
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
/** Excel reads `_x000D_` in a text as a character; such a text is written so that it reads as it is. */
const CODED = /_(?=x[0-9A-Fa-f]{4}_)/g;

function textCell(text: string): string {
  const shown = text.length > LETTERS ? `${text.slice(0, LETTERS - CUT.length)}${CUT}` : text;
  const escaped = shown
    .replace(UNWRITABLE, '')
    .replace(CODED, '_x005F_')
    .replace(/[&<>\r]/g, (sign) => ESCAPED[sign] ?? sign);
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}

function written(cell: SheetCell): string {
  if (cell === null || cell === '') return '<c/>';
  if (typeof cell === 'string') return textCell(cell);
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : '<c/>';
  const serial = Date.parse(cell.day) / DAY + EPOCH;
  return serial < FIRST_SURE_DAY ? textCell(cell.day) : `<c s="${DATE_STYLE}"><v>${serial}</v></c>`;
}

async function* sheetXml(rows: AsyncIterable<readonly SheetCell[]>): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>`;
  let count = 0;
  for await (const row of rows) {
    count++;
    if (count === ROWS) {
      yield `<row>${textCell(TOO_MANY)}</row>`;
      break;
    }
    yield `<row>${row.map(written).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

/**
 * A workbook of one sheet, made while it is read: cells keep the type they have here, so that a spreadsheet
 * turns neither `00042` nor `3-4` nor a telephone number into something else, as it does with CSV. A text is
 * never run as a formula.
 */
export function workbookOf(rows: AsyncIterable<readonly SheetCell[]>): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, xml] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(HEAD + xml), name);
  const sheet = Readable.from(sheetXml(rows), { objectMode: false });
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  const output = zip.outputStream as Readable;
  sheet.on('error', (error) => output.destroy(error));
  output.on('close', () => sheet.destroy());
  return Readable.toWeb(output) as ReadableStream<Uint8Array>;
}

/** A workbook as a file to keep. @param fileName without its ending */
export const workbookResponse = (fileName: string, rows: AsyncIterable<readonly SheetCell[]>): Response =>
  new Response(workbookOf(rows), {
    headers: {
      'content-type': `${SHEET_TYPE}.sheet`,
      'content-disposition': `attachment; filename="${fileName}.xlsx"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
