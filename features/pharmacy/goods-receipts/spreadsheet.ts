import { readGtin } from '@/features/pharmacy/medicines/gs1';
import { sortNameOf } from '@/features/pharmacy/medicines/keys';
import { FORMS, type MedicineForm } from '@/features/pharmacy/medicines/policy';
import { readCsv } from '@/lib/csv';
import { keysOfCalled, LONGEST_CODE, LONGEST_NAME } from '../supplier-products/policy';
import { MOST_LINES, TAX_RATES_BP, type TypedLine, USUAL_TAX_BP } from './policy';

/** What each column may be called, small and without signs: ours first, then as suppliers write it. */
const HEADINGS = {
  barcode: ['barcode', 'gtin', 'ean'],
  name: ['medicine', 'product', 'product name', 'item', 'item name', 'description', 'particulars'],
  code: ['code', 'product code', 'item code', 'item no', 'article', 'article no', 'sku'],
  strength: ['strength'],
  form: ['form'],
  lotNumber: ['lot', 'lot number', 'lot no', 'batch', 'batch no', 'batch number'],
  expiresOn: ['expiry', 'expiry date', 'exp', 'exp date'],
  unitsPerPack: ['in a pack', 'units per pack', 'pack size'],
  packs: ['packs', 'quantity', 'qty'],
  freePacks: ['free', 'free packs', 'free qty', 'scheme qty'],
  mrp: ['mrp a pack', 'mrp'],
  rate: ['rate a pack', 'rate', 'ptr', 'purchase rate', 'price'],
  discount: ['discount', 'disc', 'discount percent', 'trade discount'],
  scheme: ['scheme', 'scheme discount', 'scheme disc', 'sch disc', 'scheme percent', 'scheme amount'],
  tax: ['tax', 'gst', 'gst rate', 'tax rate'],
} as const;
type Column = keyof typeof HEADINGS;
const COLUMNS = Object.keys(HEADINGS) as Column[];
/** Said of a sheet that has none of them. */
const GOODS_HEADINGS = 'Medicine, Lot, Expiry, In a pack, Packs, Free, MRP, Rate, Discount, Scheme and Tax';

const small = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();

/** A medicine that a row may mean. */
export type NamedMedicine = {
  id: string;
  name: string;
  strength: string | null;
  form: MedicineForm;
  sortName: string;
};
export type KnownPack = { gtin: string; medicineId: string; unitsPerPack: number };
/** What the supplier calls a medicine, by name or by code. */
export type KnownProduct = { key: string; medicineId: string; unitsPerPack: number };

type Note = { line: number; sentence: string };
export type GoodsPlan = { lines: TypedLine[]; notes: Note[]; problem: string | null };
type Row = { line: number; cell: (column: Column) => string };

function readRows(text: string): Row[] | string {
  const [head, ...body] = readCsv(text);
  if (!head || body.length === 0) return 'There is nothing below the headings.';
  const names = head.cells.map(small);
  const columns = new Map(
    COLUMNS.map((column) => [
      column,
      names.findIndex((name) => (HEADINGS[column] as readonly string[]).includes(name)),
    ]),
  );
  // Where the heading says percent, its cells are such without saying it.
  const isPercent = /%|percent/i.test(head.cells[columns.get('scheme') ?? -1] ?? '');
  const has = (column: Column): boolean => (columns.get(column) ?? -1) >= 0;
  if ((!has('name') && !has('barcode') && !has('code')) || !has('packs'))
    return `The first row needs headings: ${GOODS_HEADINGS}.`;
  if (body.length > MOST_LINES) return `Take at most ${MOST_LINES} rows at once.`;
  return body.map(({ line, cells }) => ({
    line,
    cell: (column) => {
      const text = cells[columns.get(column) ?? -1]?.trim() ?? '';
      return column === 'scheme' && isPercent && /\d$/.test(text) ? `${text} %` : text;
    },
  }));
}

const titleOf = ({ cell }: Row): string => [cell('name'), cell('strength')].filter(Boolean).join(' ');
/** As the supplier has it, as long as it may be remembered. */
const calledBy = (row: Row) => {
  const [theirName, theirCode] = [
    titleOf(row).slice(0, LONGEST_NAME),
    row.cell('code').slice(0, LONGEST_CODE),
  ];
  return { ...(theirName ? { theirName } : {}), ...(theirCode ? { theirCode } : {}) };
};
const placeOf = ({ cell }: Row): string => sortNameOf({ name: cell('name'), strength: cell('strength') });

/** What a sheet may mean, so that the database is asked for these and no others. */
export function namedIn(text: string): { sortNames: string[]; gtins: string[]; keys: string[] } {
  const rows = readRows(text);
  if (typeof rows === 'string') return { sortNames: [], gtins: [], keys: [] };
  return {
    sortNames: [...new Set(rows.map(placeOf))],
    gtins: [...new Set(rows.flatMap(({ cell }) => readGtin(cell('barcode')) ?? []))],
    keys: [...new Set(rows.flatMap((row) => keysOfCalled(calledBy(row))))],
  };
}

/**
 * The rows of a supplier's spreadsheet as lines of an invoice, to be looked at and put right before anything
 * is taken in. A medicine that is not found by its number or its name is left to choose.
 */
export function planGoods(
  text: string,
  {
    medicines,
    packs,
    products = [],
  }: {
    medicines: readonly NamedMedicine[];
    packs: readonly KnownPack[];
    products?: readonly KnownProduct[];
  },
): GoodsPlan {
  const rows = readRows(text);
  if (typeof rows === 'string') return { lines: [], notes: [], problem: rows };
  const notes: Note[] = [];
  const lines = rows.map((row): TypedLine => {
    const { line, cell } = row;
    const gtin = readGtin(cell('barcode'));
    const pack = packs.find((one) => one.gtin === gtin);
    const form = small(cell('form'));
    const named = medicines.filter(
      (one) =>
        one.sortName === placeOf(row) && (!form || small(FORMS[one.form]) === form || one.form === form),
    );
    const called = calledBy(row);
    const keys = keysOfCalled(called);
    const product = keys.flatMap((key) => products.find((one) => one.key === key) ?? [])[0];
    // The number of a pack is surer than a word of the supplier, and that surer than a name like ours.
    const meant = [pack, product]
      .map((one) => medicines.filter(({ id }) => id === one?.medicineId))
      .find((some) => some.length > 0);
    const [only, ...others] = meant ?? named;
    const medicine = others.length === 0 ? only : undefined;
    const title = titleOf(row) || cell('code') || cell('barcode');
    if (others.length > 0)
      notes.push({ line, sentence: `${title} is in the list in several forms: choose one.` });
    else if (!medicine)
      notes.push({ line, sentence: `${title || 'A medicine'} is not in the list: choose it.` });
    const percent = cell('tax').replace('%', '').trim();
    const taxBp = TAX_RATES_BP.find((bp) => percent !== '' && bp === Math.round(Number(percent) * 100));
    if (taxBp === undefined && percent !== '')
      notes.push({ line, sentence: `${title}: “${percent} %” is no rate of tax. Choose it.` });
    const known = [pack, product].find((one) => medicine && one?.medicineId === medicine.id);
    return {
      medicineId: medicine?.id ?? '',
      medicineName: medicine ? [medicine.name, medicine.strength].filter(Boolean).join(' ') : title,
      unitsPerPack: cell('unitsPerPack') || String(known?.unitsPerPack ?? ''),
      ...{ packs: cell('packs'), freePacks: cell('freePacks'), lotNumber: cell('lotNumber') },
      ...{ expiresOn: cell('expiresOn'), rate: cell('rate'), mrp: cell('mrp') },
      discount: cell('discount').replace('%', '').trim(),
      scheme: cell('scheme'),
      taxBp: String(taxBp ?? USUAL_TAX_BP),
      ...(gtin ? { gtin } : {}),
      ...called,
    };
  });
  const untaxed = rows.find(({ cell }) => cell('tax') === '');
  if (untaxed)
    notes.push({
      line: untaxed.line,
      sentence: `Where the tax is not said, ${USUAL_TAX_BP / 100} % is taken. Check it against the paper.`,
    });
  return { lines: lines.map(shortened), notes, problem: null };
}

/** As long as a row of the form may be. */
const shortened = (line: TypedLine): TypedLine => ({
  ...line,
  medicineName: line.medicineName.slice(0, 200),
  lotNumber: line.lotNumber.slice(0, 60),
  expiresOn: line.expiresOn.slice(0, 30),
  ...{ rate: line.rate.slice(0, 24), mrp: line.mrp.slice(0, 24), discount: line.discount.slice(0, 10) },
  ...(line.scheme ? { scheme: line.scheme.slice(0, 24) } : {}),
  ...{ packs: line.packs.slice(0, 10), freePacks: line.freePacks.slice(0, 10) },
  unitsPerPack: line.unitsPerPack.slice(0, 10),
});
