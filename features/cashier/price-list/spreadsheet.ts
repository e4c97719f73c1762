import { readCsv } from '@/lib/csv';
import { minorOf, readDecimal } from '@/lib/currency';
import { CONSULTATIONS, type ConsultationKind, GROUPS, type ServiceGroup } from './policy';
import type { PricedService } from './queries';
import { taxClassesOf } from './taxes';

/** As many as are changed in one go. */
const MOST_ROWS = 500;
type Mistake = { line: number; sentence: string };

type Facts = { name: string; group: ServiceGroup; taxClass: string; consultation: ConsultationKind | null };
type PriceFact = { amountMinor: number; isInclusive: boolean };

/** What a row of the spreadsheet does to the list; `serviceId` is null for a new service. */
export type PlannedRow = Facts & {
  line: number;
  serviceId: string | null;
  code: string;
  isChanged: boolean;
  price: PriceFact | null;
  before: PriceFact | null;
};

export type ImportPlan = { rows: PlannedRow[]; same: number; problems: Mistake[] };

const HEADINGS = {
  code: 'code',
  name: 'name',
  group: 'group',
  tax: 'tax',
  fee: 'fee of a visit',
  price: 'price',
  inclusive: 'with tax',
} as const;
type Heading = keyof typeof HEADINGS;

const small = (text: string): string => text.trim().toLowerCase();

/** The id of a choice that was written as its label or its id; null for neither. */
const choose = <T extends string>(labels: Readonly<Record<T, string>>, typed: string): T | null => {
  const ids = Object.keys(labels) as T[];
  return ids.find((id) => small(id) === small(typed) || small(labels[id]) === small(typed)) ?? null;
};

type Place = { country: string; currency: string };

/**
 * What a spreadsheet would do to the price list. Services are found by their codes; what a column does not
 * say, and an empty price, stays as it is. Nothing is written: with a problem in any row nothing may be.
 */
export function planImport(text: string, known: readonly PricedService[], place: Place): ImportPlan {
  const [head, ...body] = readCsv(text);
  const problem = (line: number, sentence: string): ImportPlan => ({
    ...{ rows: [], same: 0, problems: [{ line, sentence }] },
  });
  if (!head || body.length === 0) return problem(1, 'There is nothing below the headings.');
  const names = head.cells.map(small);
  const columns = new Map(
    (Object.keys(HEADINGS) as Heading[]).map((key) => [key, names.indexOf(HEADINGS[key])]),
  );
  if ((columns.get('code') ?? -1) < 0)
    return problem(1, 'The first row needs the headings, at least Code. The download has them all.');
  if (body.length > MOST_ROWS) return problem(1, `Take at most ${MOST_ROWS} rows at once.`);
  const plan: ImportPlan = { rows: [], same: 0, problems: [] };
  const seen = new Map<string, number>();
  const byCode = new Map(known.map((service) => [service.code, service]));
  for (const { line, cells } of body) {
    const cell = (heading: Heading): string => cells[columns.get(heading) ?? -1]?.trim() ?? '';
    const row = planRow({ line, cell }, byCode, place);
    const earlier = typeof row === 'string' ? undefined : seen.get(row.code);
    if (typeof row === 'string') plan.problems.push({ line, sentence: row });
    else if (earlier) plan.problems.push({ line, sentence: `${row.code} is in line ${earlier} already.` });
    else {
      seen.set(row.code, line);
      if (row.isChanged || row.price) plan.rows.push(row);
      else plan.same++;
    }
  }
  return plan;
}

type Typed = { line: number; cell: (heading: Heading) => string };

function planRow(
  { line, cell }: Typed,
  byCode: ReadonlyMap<string, PricedService>,
  { country, currency }: Place,
): PlannedRow | string {
  const code = cell('code').toUpperCase();
  if (!/^[A-Z0-9][A-Z0-9-]{0,15}$/.test(code)) return 'The code has at most 16 letters, digits or dashes.';
  const service = byCode.get(code);
  if (service && !service.isActive) return `${code} is no longer offered. Put it back on the list first.`;
  const name = cell('name') || service?.name;
  if (!name) return `${code} is new and needs a name.`;
  if (name.length > 120) return 'The name has at most 120 characters.';
  const group = cell('group') ? choose(GROUPS, cell('group')) : (service?.group ?? 'other');
  if (!group) return `There is no group “${cell('group')}”.`;
  const taxes = Object.fromEntries(
    Object.entries(taxClassesOf(country)).map(([id, { label }]) => [id, label]),
  );
  const taxClass = cell('tax') ? choose(taxes, cell('tax')) : (service?.taxClass ?? 'health');
  if (!taxClass) return `There is no tax “${cell('tax')}”.`;
  const consultation = cell('fee') ? choose(CONSULTATIONS, cell('fee')) : (service?.consultation ?? null);
  if (cell('fee') && !consultation) return `There is no fee of a visit “${cell('fee')}”.`;
  const price = priceOf(cell, service, currency);
  if (typeof price === 'string') return price;
  const facts = { name, group, taxClass, consultation };
  const isChanged =
    !service || (Object.keys(facts) as (keyof Facts)[]).some((key) => facts[key] !== service[key]);
  const { amountMinor, isInclusive } = service?.price ?? {};
  const before = amountMinor === undefined || isInclusive === undefined ? null : { amountMinor, isInclusive };
  return { ...facts, line, serviceId: service?.id ?? null, code, isChanged, price, before };
}

/** The price that a row sets; null where it sets none or the one that there is. */
function priceOf(
  cell: Typed['cell'],
  service: PricedService | undefined,
  currency: string,
): PriceFact | string | null {
  const typed = cell('price');
  if (typed === '') return null;
  const decimal = readDecimal(typed);
  const amountMinor = decimal === null ? null : minorOf(decimal, currency);
  if (amountMinor === null) return `“${typed}” is no price. Write it as 1250.50.`;
  const words = small(cell('inclusive'));
  if (!['', 'yes', 'no'].includes(words)) return 'With tax is yes or no.';
  const isInclusive = words === '' ? (service?.price?.isInclusive ?? false) : words === 'yes';
  const { price } = service ?? {};
  return price?.amountMinor === amountMinor && price.isInclusive === isInclusive
    ? null
    : { amountMinor, isInclusive };
}
