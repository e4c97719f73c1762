import type { Day } from '@/lib/time';

/** What the law says of a supply. Tax on what is not taxable, and none on what is, cannot be written down. */
type Treatment =
  | { from: Day; treatment: 'taxable'; rateBp: number }
  | { from: Day; treatment: 'exempt' | 'nil' };

export type TaxClass = {
  label: string;
  /** HSN of goods, SAC of services; empty where the country has none. */
  hsn: string;
  /** In order of day; the last one that has begun counts. */
  rows: readonly Treatment[];
};

const always = '2000-01-01';
/** The day on which most rates of India changed. */
const REFORM = '2025-09-22';
const goods = (before: number, after: number): Treatment[] => [
  { from: '2017-07-01', treatment: 'taxable', rateBp: before },
  { from: REFORM, treatment: 'taxable', rateBp: after },
];

const INDIA: Readonly<Record<string, TaxClass>> = {
  health: { label: 'Health care, exempt', hsn: '999312', rows: [{ from: always, treatment: 'exempt' }] },
  'in-patient': {
    label: 'In-patient care, exempt',
    hsn: '999311',
    rows: [{ from: always, treatment: 'exempt' }],
  },
  laboratory: {
    label: 'Tests and imaging, exempt',
    hsn: '999316',
    rows: [{ from: always, treatment: 'exempt' }],
  },
  room: {
    label: 'Room above 5,000 a day, 5 %',
    hsn: '999311',
    rows: [
      { from: always, treatment: 'exempt' },
      { from: '2022-07-18', treatment: 'taxable', rateBp: 500 },
    ],
  },
  cosmetic: {
    label: 'Cosmetic surgery, 18 %',
    hsn: '999312',
    rows: [{ from: '2017-07-01', treatment: 'taxable', rateBp: 1_800 }],
  },
  medicine: { label: 'Medicines, 5 %', hsn: '3004', rows: goods(1_200, 500) },
  'medicine-nil': {
    label: 'Medicines of the nil list',
    hsn: '3004',
    rows: [
      { from: '2017-07-01', treatment: 'taxable', rateBp: 500 },
      { from: REFORM, treatment: 'nil' },
    ],
  },
  'spectacle-lens': { label: 'Spectacle lenses, 5 %', hsn: '9001', rows: goods(1_200, 500) },
  frame: { label: 'Frames, 5 %', hsn: '9003', rows: goods(1_200, 500) },
  spectacles: { label: 'Spectacles that correct, 5 %', hsn: '9004', rows: goods(1_200, 500) },
  sunglasses: { label: 'Sunglasses, 18 %', hsn: '9004', rows: goods(1_800, 1_800) },
  accessory: { label: 'Cases, cloths, solutions, 18 %', hsn: '3926', rows: goods(1_800, 1_800) },
};

const EMIRATES: Readonly<Record<string, TaxClass>> = {
  health: { label: 'Health care, zero-rated', hsn: '', rows: [{ from: always, treatment: 'nil' }] },
  standard: {
    label: 'Standard, 5 %',
    hsn: '',
    rows: [{ from: '2018-01-01', treatment: 'taxable', rateBp: 500 }],
  },
};

const ELSEWHERE: Readonly<Record<string, TaxClass>> = {
  health: { label: 'Not taxed', hsn: '', rows: [{ from: always, treatment: 'exempt' }] },
};

/** The classes of a country; where we have no table, nothing is taxed. */
export const taxClassesOf = (country: string): Readonly<Record<string, TaxClass>> =>
  country === 'IN' ? INDIA : country === 'AE' ? EMIRATES : ELSEWHERE;

export const isTaxClass = (country: string, id: string): boolean => Object.hasOwn(taxClassesOf(country), id);

/** What goods may be taxed as: a code of services begins with 99. */
export const goodsTaxClassesOf = (country: string): [id: string, label: string][] =>
  Object.entries(taxClassesOf(country)).flatMap(([id, { label, hsn }]) =>
    hsn.startsWith('99') ? [] : [[id, label]],
  );

/** Of what a pharmacy gives: what is said of it, or what the country has for medicines. */
export function medicineTaxClass(country: string, own?: string | null): string {
  if (own && isTaxClass(country, own)) return own;
  return isTaxClass(country, 'medicine') ? 'medicine' : 'health';
}

export type TaxComponent = { name: string; rateBp: number };

/**
 * The taxes of a supply on a day, each with its own rate. India has two halves, which are equal, and one tax
 * instead for goods that are supplied in another state; care is supplied where it is given. None for what is
 * exempt or nil, before a class began, and for those who are not registered.
 */
export function taxComponentsOn(
  {
    country,
    isRegistered,
    isInterState = false,
  }: { country: string; isRegistered: boolean; isInterState?: boolean },
  classId: string,
  day: Day,
): TaxComponent[] {
  const known = taxClassesOf(country);
  const row = Object.hasOwn(known, classId)
    ? known[classId]?.rows.filter(({ from }) => from <= day).at(-1)
    : undefined;
  if (!isRegistered || row?.treatment !== 'taxable') return [];
  if (country !== 'IN') return [{ name: 'VAT', rateBp: row.rateBp }];
  // A code of services begins with 99.
  if (isInterState && !known[classId]?.hsn.startsWith('99')) return [{ name: 'IGST', rateBp: row.rateBp }];
  const rateBp = row.rateBp / 2;
  return [
    { name: 'CGST', rateBp },
    { name: 'SGST', rateBp },
  ];
}
