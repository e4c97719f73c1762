import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import { csvLine } from './csv';

/** A list of goods has a few hundred rows: longer ones are not looked at before they are taken over. */
const MOST_ROWS = 5_000;
const MOST_COLUMNS = 100;
const LONGEST_CELL = 2_000;
const LARGEST_FILE = 5_000_000;
/** Unpacked, all parts that are read together: a file that says more is a trap. */
const LARGEST_CONTENT = 16_000_000;
/** Packed bytes at a time: what they may unpack to is held before it is counted. */
const STEP = 8_192;

/** What keeps a workbook from being read, said as people are told it. */
export class WorkbookError extends Error {}
const UNREADABLE = 'This file cannot be read. Save it as an Excel workbook (.xlsx) or as CSV.';
const TOO_LARGE = 'This workbook is too large. Keep the rows that are needed, in a workbook of their own.';
/** How old workbooks begin, and those with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const begins = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

/** Whether a file is a workbook and no text, whatever its name says. */
export const isWorkbook = (bytes: Uint8Array): boolean => begins(bytes, ZIP) || begins(bytes, COMPOUND);

type Part = (chunk: Uint8Array, isLast: boolean) => void;

/**
 * Unpacks the parts that somebody listens to, a few kilobytes at a time.
 * @throws WorkbookError for what cannot be unpacked, and for what unpacks to more than it may.
 */
function unpack(bytes: Uint8Array, listen: (name: string) => Part | null): void {
  let content = 0;
  const unzip = new Unzip((file) => {
    const part = listen(file.name);
    if (!part) return;
    file.ondata = (error, chunk, isLast) => {
      // What is thrown below comes back here.
      if (error) throw error instanceof WorkbookError ? error : new WorkbookError(UNREADABLE);
      content += chunk.length;
      if (content > LARGEST_CONTENT) throw new WorkbookError(TOO_LARGE);
      part(chunk, isLast);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += STEP)
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError(UNREADABLE);
  }
}

type Tag = { name: string; attributes: Record<string, string> };
type Reader = { open?: (tag: Tag) => void; text?: (text: string) => void; close?: (name: string) => void };

/** Reads the XML of a part as it is unpacked. What a document type would declare is not expanded. */
function xmlPart({ open, text, close }: Reader): Part {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('error', () => {
    throw new WorkbookError(UNREADABLE);
  });
  parser.on('opentag', ({ name, attributes }) =>
    open?.({ name: local(name), attributes: attributes as Record<string, string> }),
  );
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('closetag', ({ name }) => close?.(local(name)));
  return (chunk, isLast) => {
    parser.write(decoder.decode(chunk, { stream: !isLast }));
    if (isLast) parser.close();
  };
}

type Sheet = { name: string; relation: string };
type Book = {
  sheets: Sheet[];
  targets: Map<string, string>;
  texts: string[];
  /** Of each style: how a number of it is read. */
  styles: NumberKind[];
  isFrom1904: boolean;
};
type NumberKind = 'number' | 'percent' | 'day' | 'month' | 'time';

/** Formats that every workbook has without naming them (ECMA-376, 18.8.30), as far as they are no numbers. */
const KNOWN_FORMATS = new Map<number, NumberKind>([
  ...[9, 10].map((id) => [id, 'percent'] as const),
  ...[14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'day'] as const),
  [17, 'month'],
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, 'time'] as const),
]);

/** What a format of the workbook's own shows; text in quotes and in brackets says nothing of it. */
function kindOfFormat(code: string): NumberKind {
  const [bare = ''] = code
    .toLowerCase()
    .replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '')
    .split(';');
  if (bare.includes('d')) return 'day';
  if (/y/.test(bare)) return 'month';
  if (/[hs]/.test(bare)) return 'time';
  return bare.includes('%') ? 'percent' : 'number';
}

/** Under whatever prefix a program has declared. */
const relationOf = (attributes: Tag['attributes']): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** The names of the parts of a workbook; the sheets are said by its relations. */
const PART = { book: 'xl/workbook.xml', relations: 'xl/_rels/workbook.xml.rels' };

function readBook(bytes: Uint8Array): Book {
  const book: Book = { sheets: [], targets: new Map(), texts: [], styles: [], isFrom1904: false };
  const formats = new Map<number, NumberKind>();
  let [text, isText, isPhonetic, inCells]: [string, boolean, boolean, boolean] = ['', false, false, false];
  const parts: Record<string, Reader> = {
    [PART.book]: {
      open: ({ name, attributes }) => {
        if (name === 'workbookPr') book.isFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
        if (name === 'sheet' && (attributes.state ?? 'visible') === 'visible')
          book.sheets.push({ name: attributes.name ?? '', relation: relationOf(attributes) });
      },
    },
    [PART.relations]: {
      open: ({ name, attributes }) => {
        if (name === 'Relationship') book.targets.set(attributes.Id ?? '', attributes.Target ?? '');
      },
    },
    'xl/sharedStrings.xml': {
      open: ({ name }) => {
        if (name === 'si') text = '';
        if (name === 'rPh') isPhonetic = true;
        isText = name === 't' && !isPhonetic;
      },
      text: (more) => {
        if (isText && text.length < LONGEST_CELL) text += more;
      },
      close: (name) => {
        if (name === 't') isText = false;
        if (name === 'rPh') isPhonetic = false;
        if (name === 'si') book.texts.push(text);
      },
    },
    'xl/styles.xml': {
      open: ({ name, attributes }) => {
        const id = Number(attributes.numFmtId);
        if (name === 'numFmt') formats.set(id, kindOfFormat(attributes.formatCode ?? ''));
        if (name === 'cellXfs') inCells = true;
        if (name === 'xf' && inCells) book.styles.push(formats.get(id) ?? KNOWN_FORMATS.get(id) ?? 'number');
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    },
  };
  unpack(bytes, (name) => {
    const reader = parts[name];
    return reader ? xmlPart(reader) : null;
  });
  return book;
}

const DAY_MS = 86_400_000;
/** Days from the beginning of a workbook's count to 1970. */
const EPOCH = 25_569;
const EPOCH_1904 = 24_107;
/** Before it Excel counts a 29 February 1900 that never was. */
const FIRST_SURE_DAY = 61;

const plain = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(15)));

/** A number as it was typed: a day as 2027-03-31, a month without a day as 2027-03, five percent as 5%. */
function shownNumber(typed: string, kind: NumberKind, isFrom1904: boolean): string {
  const value = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(value)) return typed.trim();
  if (kind === 'percent') return `${plain(Number((value * 100).toPrecision(12)))}%`;
  const isDay = (kind === 'day' || kind === 'month') && value >= (isFrom1904 ? 0 : FIRST_SURE_DAY);
  if (!isDay) return plain(value);
  const at = new Date(Math.round((value - (isFrom1904 ? EPOCH_1904 : EPOCH)) * DAY_MS));
  if (Number.isNaN(at.getTime())) return plain(value);
  return at.toISOString().slice(0, kind === 'month' ? 7 : 10);
}

/** "AB12" is the 28th column, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.match(/^[A-Z]{1,3}/)?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Said where there is text below the last row that is read. */
const TOO_MANY_ROWS = `This sheet has more than ${MOST_ROWS.toLocaleString('en')} rows. Keep those that are needed.`;

function readRows(bytes: Uint8Array, part: string, { texts, styles, isFrom1904 }: Book): string[][] {
  const rows: string[][] = [];
  let isThere = false;
  let isBeyond = false;
  let cell: { column: number; type: string; style: number } | null = null;
  let [row, value, isValue, isPhonetic, next]: [string[], string, boolean, boolean, number] = [
    [],
    '',
    false,
    false,
    0,
  ];
  const shown = (type: string, style: number): string => {
    if (type === 's') return texts[Number(value)] ?? '';
    if (type === 'b') return value.trim() === '1' ? 'TRUE' : 'FALSE';
    if (type === 'd') return value.trim().replace(/T00:00:00(\.0+)?Z?$/, '');
    if (type === 'n') return shownNumber(value, styles[style] ?? 'number', isFrom1904);
    return value;
  };
  const reader: Reader = {
    open: ({ name, attributes }) => {
      if (name === 'row') {
        // Rows that nobody has filled are left out of the file: line numbers would be others.
        const number = Number(attributes.r ?? rows.length + 1);
        isBeyond = number > MOST_ROWS || rows.length >= MOST_ROWS;
        while (!isBeyond && Number.isInteger(number) && rows.length < number - 1) rows.push([]);
        [row, next] = [[], 0];
      }
      if (name === 'c') {
        const column = attributes.r ? columnOf(attributes.r) : next;
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
        next = column + 1;
        value = '';
      }
      if (name === 'rPh') isPhonetic = true;
      // What a formula is made of is not read: its last value is.
      isValue = name === 'v' || (name === 't' && !isPhonetic);
    },
    text: (more) => {
      if (isValue && value.length < LONGEST_CELL) value += more;
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'c' && cell && cell.column >= 0 && cell.column < MOST_COLUMNS && value !== '') {
        const text = shown(cell.type, cell.style);
        // A row that has a border and no text is missed by nobody.
        if (isBeyond && text.trim() !== '') throw new WorkbookError(TOO_MANY_ROWS);
        while (row.length < cell.column) row.push('');
        row[cell.column] = text;
      }
      if (name === 'row' && !isBeyond) rows.push(row);
    },
  };
  unpack(bytes, (name) => {
    if (name !== part) return null;
    isThere = true;
    return xmlPart(reader);
  });
  if (!isThere) throw new WorkbookError(UNREADABLE);
  return rows;
}

/**
 * A sheet of a workbook (.xlsx) as the CSV text that the same sheet would be saved as: the first one, or the
 * one that is asked for. Read in the browser, in steps and within bounds: a trap harms nobody else. Formulas
 * are never reckoned: what the workbook has as their last value counts.
 * @throws WorkbookError
 */
export function readWorkbook(
  bytes: Uint8Array,
  asked?: string,
): { sheets: string[]; sheet: string; text: string } {
  if (begins(bytes, COMPOUND))
    throw new WorkbookError(
      'This workbook has a password, or is of an old kind (.xls). Save it as .xlsx without a password, or as CSV.',
    );
  if (bytes.length > LARGEST_FILE) throw new WorkbookError(TOO_LARGE);
  const book = readBook(bytes);
  const sheet = book.sheets.find(({ name }) => name === asked) ?? book.sheets[0];
  const target = sheet && book.targets.get(sheet.relation);
  if (!sheet || !target) throw new WorkbookError(UNREADABLE);
  const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
  const text = readRows(bytes, part, book)
    .map((row) => csvLine(row))
    .join('');
  return {
    sheets: book.sheets.map(({ name }) => name),
    sheet: sheet.name,
    text: text.replace(/[\r\n]+$/, ''),
  };
}
