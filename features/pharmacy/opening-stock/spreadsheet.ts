import { controlClassesOf, NO_CLASS } from '@/features/pharmacy/medicines/control-classes';
import { identityOf } from '@/features/pharmacy/medicines/keys';
import {
  FORMS,
  isExpired,
  isImplausibleExpiry,
  type MedicineForm,
} from '@/features/pharmacy/medicines/policy';
import {
  type AddMedicineInput,
  addMedicineInput,
  receiveStockInput,
} from '@/features/pharmacy/medicines/schema';
import { readCsv } from '@/lib/csv';
import { minorOf, readDecimal } from '@/lib/currency';
import { type Day, formatDay } from '@/lib/time';

/** As many as are taken over in one go. */
export const MOST_ROWS = 500;
type Mistake = { line: number; sentence: string };

/** Of the medicines that there are. */
export type KnownMedicine = {
  id: string;
  name: string;
  strength: string | null;
  form: MedicineForm;
  unit: string;
  isActive: boolean;
  /** Lots that it has had, as they are written. */
  lots: readonly string[];
};

/** The lot that a row brings. */
export type OpeningLot = {
  lotNumber: string;
  expiresOn: Day;
  quantity: number;
  costMinor: number | null;
  mrpMinor: number | null;
};

/** What a row does; `medicineId` is null for a medicine that is new. */
export type OpeningRow = {
  line: number;
  medicineId: string | null;
  identity: string;
  name: string;
  unit: string;
  isNew: boolean;
  facts: AddMedicineInput | null;
  lot: OpeningLot | null;
  /** Where the lot stands: as its row says, or in the store that was chosen. */
  storeId: string;
  storeName: string;
};

export type OpeningPlan = { rows: OpeningRow[]; same: number; problems: Mistake[] };

export const OPENING_HEADINGS = {
  name: 'Medicine',
  strength: 'Strength',
  form: 'Form',
  genericName: 'Generic name',
  unit: 'Unit',
  reorderLevel: 'Reorder level',
  price: 'Price',
  controlClass: 'Class',
  lotNumber: 'Lot',
  expiresOn: 'Expiry',
  quantity: 'Quantity',
  cost: 'Cost',
  mrp: 'MRP',
  store: 'Store',
} as const;
type Heading = keyof typeof OPENING_HEADINGS;
const KEYS = Object.keys(OPENING_HEADINGS) as Heading[];

const small = (text: string): string => text.trim().toLowerCase();
const FORM_KEYS = Object.keys(FORMS) as MedicineForm[];
const formOf = (typed: string): MedicineForm | undefined =>
  FORM_KEYS.find((id) => small(id) === small(typed) || small(FORMS[id]) === small(typed));

/** What is counted, where the sheet does not say. */
const UNIT_OF: Record<MedicineForm, string> = {
  ...{ drop: 'bottle', ointment: 'tube', gel: 'tube', tablet: 'tablet', capsule: 'capsule' },
  ...{ injection: 'vial', other: 'piece' },
};

type NamedStore = { id: string; name: string };
type Place = {
  country: string;
  currency: string;
  today: Day;
  /** Those that are open. */
  stores: readonly NamedStore[];
  /** Of a row that names none. */
  store: NamedStore;
};
type Typed = { line: number; cell: (heading: Heading) => string };
type Known = ReadonlyMap<string, KnownMedicine>;

type Sheet = { head: string[] | undefined; body: { line: number; cells: string[] }[] };
const readSheet = (text: string): Sheet => {
  const [head, ...body] = readCsv(text);
  return { head: head?.cells.map(small), body };
};

/** What a row says under a heading; nothing where the sheet has no such column. */
function cellsOf(head: readonly string[]) {
  const columns = new Map(KEYS.map((key) => [key, head.indexOf(small(OPENING_HEADINGS[key]))]));
  return (cells: readonly string[]): Typed['cell'] =>
    (heading) =>
      cells[columns.get(heading) ?? -1]?.trim() ?? '';
}

/** Every medicine that a sheet may mean, so that the database is asked for these and no others. */
export function identitiesIn(text: string): string[] {
  const { head, body } = readSheet(text);
  const read = cellsOf(head ?? []);
  const rows = body.slice(0, MOST_ROWS).map(({ cells }) => read(cells));
  return [...new Set(rows.flatMap((cell) => identitiesOf(cell)))];
}

/**
 * What a spreadsheet would bring into the formulary and the stock. Medicines are found by name, strength and
 * form; a row without a lot names a medicine alone. Nothing is written: with a mistake in any row nothing
 * may be.
 */
export function planOpening(text: string, known: readonly KnownMedicine[], place: Place): OpeningPlan {
  const { head, body } = readSheet(text);
  const problem = (line: number, sentence: string): OpeningPlan => ({
    ...{ rows: [], same: 0, problems: [{ line, sentence }] },
  });
  if (!head || body.length === 0) return problem(1, 'There is nothing below the headings.');
  if (!head.includes(small(OPENING_HEADINGS.name)))
    return problem(1, 'The first row needs the headings, at least Medicine. The download has them all.');
  if (body.length > MOST_ROWS) return problem(1, `Take at most ${MOST_ROWS} rows at once.`);
  const plan: OpeningPlan = { rows: [], same: 0, problems: [] };
  const read = cellsOf(head);
  const byIdentity: Known = new Map(
    known.map((one) => [identityOf({ ...one, strength: one.strength ?? undefined }), one]),
  );
  const lots = new Map<string, { line: number; expiresOn: Day }>();
  const added = new Set<string>();
  for (const { line, cells } of body) {
    const row = planRow({ line, cell: read(cells) }, byIdentity, place);
    if (typeof row === 'string') {
      plan.problems.push({ line, sentence: row });
      continue;
    }
    const repeated = row.lot ? repeatedLot(row, row.lot, lots) : null;
    if (repeated) {
      plan.problems.push({ line, sentence: repeated });
      continue;
    }
    const isNew = row.isNew && !added.has(row.identity);
    if (isNew) added.add(row.identity);
    if (isNew || row.lot) plan.rows.push({ ...row, isNew });
    else plan.same++;
  }
  return plan;
}

/** A lot stands once in each store, and expires on one day. */
function repeatedLot(
  { line, identity, name, storeId, storeName }: OpeningRow,
  { lotNumber, expiresOn }: OpeningLot,
  lots: Map<string, { line: number; expiresOn: Day }>,
): string | null {
  const ofLot = `${identity} ${small(lotNumber)}`;
  const [there, earlier] = [lots.get(`${ofLot} ${storeId}`), lots.get(ofLot)];
  if (there) return `Lot ${lotNumber} of ${name} in ${storeName} is in line ${there.line} already.`;
  if (earlier && earlier.expiresOn !== expiresOn)
    return `Lot ${lotNumber} of ${name} expires on ${formatDay(earlier.expiresOn)} in line ${earlier.line}. A lot has one expiry.`;
  for (const key of [ofLot, `${ofLot} ${storeId}`]) lots.set(key, { line, expiresOn });
  return null;
}

/** What a row may mean: several, where the sheet names no form. */
function identitiesOf(cell: Typed['cell']): string[] {
  const [name, strength, form] = [cell('name'), cell('strength'), formOf(cell('form'))];
  return (form ? [form] : FORM_KEYS).map((one) => identityOf({ name, strength, form: one }));
}

function planRow({ line, cell }: Typed, known: Known, place: Place): OpeningRow | string {
  const [name, strength] = [cell('name'), cell('strength')];
  if (!name) return 'Enter the name of the medicine.';
  const form = cell('form') ? formOf(cell('form')) : undefined;
  if (cell('form') && !form)
    return `There is no form “${cell('form')}”. Write one of: ${Object.values(FORMS).join(', ')}.`;
  const found = identitiesOf(cell).flatMap((identity) => known.get(identity) ?? []);
  if (found.length > 1) return `${name} is in the list in several forms. Write which one.`;
  const [medicine] = found;
  if (medicine && !medicine.isActive) return `${name} is inactive. Activate it first.`;
  const facts = medicine ? null : newMedicine(cell, form, place);
  if (typeof facts === 'string') return facts;
  const lot = lotOf(cell, place);
  if (typeof lot === 'string') return lot;
  if (lot && medicine?.lots.some((one) => small(one) === small(lot.lotNumber)))
    return `Lot ${lot.lotNumber} of ${name} is in the ledger already. Count it instead.`;
  const named = cell('store');
  const store = named ? place.stores.find((one) => small(one.name) === small(named)) : place.store;
  if (!store)
    return `There is no open store “${named}”. Add it first, or take the column Store away: then all comes into the chosen one.`;
  const title = [medicine?.name ?? facts?.name ?? name, medicine?.strength ?? facts?.strength];
  return {
    ...{ line, medicineId: medicine?.id ?? null, isNew: !medicine, facts, lot },
    ...{ storeId: store.id, storeName: store.name },
    identity: medicine
      ? identityOf({ ...medicine, strength: medicine.strength ?? undefined })
      : identityOf({ name, strength, form: form ?? 'other' }),
    name: title.filter(Boolean).join(' '),
    unit: medicine?.unit ?? facts?.unit ?? '',
  };
}

function newMedicine(
  cell: Typed['cell'],
  form: MedicineForm | undefined,
  { country }: Place,
): AddMedicineInput | string {
  const name = cell('name');
  if (!form) return `${name} is new and needs a form: ${Object.values(FORMS).join(', ')}.`;
  const typedClass = cell('controlClass');
  const classes = Object.entries({ ...controlClassesOf(country), [NO_CLASS]: { label: 'No class' } });
  const [controlClass] =
    classes.find(
      ([id, { label }]) => small(id) === small(typedClass) || small(label) === small(typedClass),
    ) ?? [];
  if (typedClass && !controlClass) return `There is no class “${typedClass}”.`;
  const parsed = addMedicineInput.safeParse({
    ...{ name, form, genericName: cell('genericName'), strength: cell('strength') },
    ...{ unit: cell('unit') || UNIT_OF[form], reorderLevel: cell('reorderLevel') || '0' },
    ...{ price: cell('price'), openDays: '', controlClass: controlClass ?? '' },
  });
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'This row cannot be read.');
}

function lotOf(cell: Typed['cell'], { currency, today }: Place): OpeningLot | string | null {
  const lotNumber = cell('lotNumber');
  if (!lotNumber && !cell('quantity') && !cell('expiresOn')) return null;
  const parsed = receiveStockInput.safeParse({
    ...{ medicineId: '0'.repeat(24), lotNumber, expiresOn: cell('expiresOn') },
    ...{ quantity: cell('quantity'), cost: '' },
  });
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This row cannot be read.';
  const { expiresOn, quantity } = parsed.data;
  if (isExpired(expiresOn, today))
    return `Lot ${lotNumber} has expired on ${formatDay(expiresOn)} and cannot be taken into stock.`;
  if (isImplausibleExpiry(expiresOn, today))
    return `${formatDay(expiresOn)} is very far off. Check the year.`;
  const amounts = (['cost', 'mrp'] as const).map((heading) => amountOf(cell(heading), currency));
  const wrong = amounts.find((amount) => typeof amount === 'string');
  if (typeof wrong === 'string') return wrong;
  const [costMinor = null, mrpMinor = null] = amounts as (number | null)[];
  return { lotNumber: parsed.data.lotNumber, expiresOn, quantity, costMinor, mrpMinor };
}

/** In the smallest unit; null for an empty cell. */
function amountOf(typed: string, currency: string): number | string | null {
  if (typed === '') return null;
  const decimal = readDecimal(typed);
  const minor = decimal === null ? null : minorOf(decimal, currency);
  return minor === null || minor < 0 ? `“${typed}” is no amount. Write it as 1250.50.` : minor;
}
