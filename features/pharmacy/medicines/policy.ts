import { type Day, shiftDay } from '@/lib/time';

export const FORMS = {
  drop: 'Eye drops',
  ointment: 'Eye ointment',
  gel: 'Eye gel',
  tablet: 'Tablet',
  capsule: 'Capsule',
  injection: 'Injection',
  other: 'Other',
} as const;
export type MedicineForm = keyof typeof FORMS;
export const FORM_IDS = Object.keys(FORMS) as [MedicineForm, ...MedicineForm[]];

/** What is opened once and used for days is thrown away after so many of them, unless its label says more. */
const OPEN_DAYS: Partial<Record<MedicineForm, number>> = { drop: 28, gel: 28, ointment: 28 };
export const openDaysOf = ({
  form,
  openDays,
}: {
  form: MedicineForm;
  openDays?: number | null | undefined;
}): number | null => openDays ?? OPEN_DAYS[form] ?? null;

/** What it means for patients when it is missing. */
export const IMPORTANCES = { vital: 'Vital', essential: 'Essential', desirable: 'Desirable' } as const;
export type Importance = keyof typeof IMPORTANCES;
export const IMPORTANCE_IDS = Object.keys(IMPORTANCES) as [Importance, ...Importance[]];

/** Proposed in the form; any other word may be typed. */
export const UNITS = [
  'bottle',
  'tube',
  'strip',
  'tablet',
  'capsule',
  'vial',
  'ampoule',
  'syringe',
  'box',
] as const;

/** Marked amber this many days before it expires. */
export const EXPIRY_NOTICE_DAYS = 90;
/** Within how many days what expires is looked at: the nearest first. */
export const EXPIRY_SPANS = [30, 60, EXPIRY_NOTICE_DAYS] as const;

export type BatchStock = {
  id: string;
  expiresOn: Day;
  quantity: number;
  /** Nothing of it is given out until somebody releases it. */
  isHeld?: boolean;
};

/** A batch may be used on the day that is printed on it, and not after. */
export const isExpired = (expiresOn: Day, today: Day): boolean => expiresOn < today;

export type ExpiryMark = 'expired' | 'soon' | 'fine';

export function expiryMark(expiresOn: Day, today: Day): ExpiryMark {
  if (isExpired(expiresOn, today)) return 'expired';
  return expiresOn <= shiftDay(today, EXPIRY_NOTICE_DAYS) ? 'soon' : 'fine';
}

const isUsable = ({ expiresOn, isHeld }: Omit<BatchStock, 'id'>, today: Day): boolean =>
  !isHeld && !isExpired(expiresOn, today);

/** How much may be given out: what has expired or is held does not count. */
export const usableQuantity = (batches: readonly Omit<BatchStock, 'id'>[], today: Day): number =>
  batches.reduce((sum, batch) => sum + (isUsable(batch, today) ? batch.quantity : 0), 0);

/**
 * Which batches give `quantity`: first expired, first out, and never one that has expired or is held. Null
 * when there is not enough.
 */
export function splitByExpiry(
  batches: readonly BatchStock[],
  quantity: number,
  today: Day,
): { id: string; quantity: number }[] | null {
  const usable = batches
    .filter((batch) => batch.quantity > 0 && isUsable(batch, today))
    .sort((a, b) => a.expiresOn.localeCompare(b.expiresOn) || a.id.localeCompare(b.id));
  const taken: { id: string; quantity: number }[] = [];
  let missing = quantity;
  for (const batch of usable) {
    if (missing === 0) break;
    const part = Math.min(batch.quantity, missing);
    taken.push({ id: batch.id, quantity: part });
    missing -= part;
  }
  return missing === 0 ? taken : null;
}

export type StockMark = 'out' | 'low' | 'enough';

/** At the reorder level it is time to order; `isLow` counts what is on its way between stores. */
export function stockMark({ onHand, isLow }: { onHand: number; isLow: boolean }): StockMark {
  if (onHand <= 0) return 'out';
  return isLow ? 'low' : 'enough';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NUMBER_OF_MONTH = new Map(MONTHS.map((name, index) => [name, index + 1]));

function dayFrom(year: number, month: number, date?: number): Day | null {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isMonth = year >= 2000 && year <= 2099 && month >= 1 && month <= 12;
  if (!isMonth) return null;
  if (date !== undefined && !(date >= 1 && date <= last)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date ?? last).padStart(2, '0')}`;
}

/** The one day that digits without a sign between them can mean: year or month first, as packs print them. */
function dayOfDigits(digits: string): Day | null {
  const part = (from: number, to?: number) => Number(digits.slice(from, to));
  const day = (year: number, month: number, date: number) => dayFrom(year, month, date || undefined);
  const readings: Record<number, () => (Day | null)[]> = {
    4: () => [dayFrom(2000 + part(0, 2), part(2)), dayFrom(2000 + part(2), part(0, 2))],
    6: () => [
      dayFrom(part(0, 4), part(4)),
      dayFrom(part(2), part(0, 2)),
      day(2000 + part(0, 2), part(2, 4), part(4)),
    ],
    8: () => [day(part(0, 4), part(4, 6), part(6)), day(part(4), part(2, 4), part(0, 2))],
  };
  const days = new Set((readings[digits.length]?.() ?? []).filter((one) => one !== null));
  const [only = null] = days;
  return days.size === 1 ? only : null;
}

/**
 * Reads an expiry date as boxes print it: `03/2027`, `03/27`, `Mar 2027` (the end of that month), `31 Mar
 * 2027`, `2027-03-31`, `31/03/2027`, and without signs `032027`, `202703`, `270331`; a day 00 is the end of
 * its month. Null for anything else, also for `03/04/2027`: which of the two is the month, nobody knows.
 */
export function parseExpiry(text: string): Day | null {
  const parts = text
    .trim()
    .toLowerCase()
    .replace(/^exp\.?:?\s*/, '')
    .split(/[\s./,-]+/)
    .filter(Boolean);
  const [a = '', b = '', c] = parts;
  if (parts.length === 1 && /^\d+$/.test(a)) return dayOfDigits(a);
  if (parts.length < 2 || parts.length > 3) return null;
  const monthNamed = (word: string) =>
    /^[a-z]{3,9}$/.test(word) ? NUMBER_OF_MONTH.get(word.slice(0, 3)) : undefined;
  const number = (word: string, digits: RegExp) => (digits.test(word) ? Number(word) : Number.NaN);
  const yearOf = (word: string) => (/^\d{2}$/.test(word) ? 2000 + Number(word) : number(word, /^\d{4}$/));
  // As GS1 prints it, year first: no medicine of today expired in the year 2000.
  if (c === '00') return dayFrom(yearOf(a), monthNamed(b) ?? number(b, /^\d{1,2}$/));
  if (c === undefined) {
    if (/^\d{4}$/.test(a)) return dayFrom(Number(a), monthNamed(b) ?? number(b, /^\d{1,2}$/));
    return dayFrom(yearOf(b), monthNamed(a) ?? number(a, /^\d{1,2}$/));
  }
  if (/^\d{4}$/.test(a))
    return dayFrom(Number(a), monthNamed(b) ?? number(b, /^\d{1,2}$/), number(c, /^\d{1,2}$/));
  const year = yearOf(c);
  const named = monthNamed(b);
  if (named) return dayFrom(year, named, number(a, /^\d{1,2}$/));
  const first = number(a, /^\d{1,2}$/);
  const second = number(b, /^\d{1,2}$/);
  if (first > 12) return dayFrom(year, second, first);
  if (second > 12) return dayFrom(year, first, second);
  return first === second ? dayFrom(year, first, second) : null;
}

/** No medicine keeps this long: a later day is a slip of the finger. */
const LONGEST_SHELF_LIFE_DAYS = 15 * 366;
export const isImplausibleExpiry = (expiresOn: Day, today: Day): boolean =>
  expiresOn > shiftDay(today, LONGEST_SHELF_LIFE_DAYS);

const COUNTED =
  /^(bottle|tube|strip|vial|ampoule|box|tablet|capsule|piece|pack|sachet|syringe|minim|carton)$/i;

/** "1 bottle", "12 bottles", "12 ml". */
export function countOf(quantity: number, unit: string): string {
  const word = quantity !== 1 && COUNTED.test(unit) ? `${unit}${/x$/i.test(unit) ? 'es' : 's'}` : unit;
  return `${quantity.toLocaleString('en')} ${word}`;
}

/** "Only 12 tablets of this lot are in the store." */
export function onlyText(quantity: number, unit: string, { of = '', where }: { of?: string; where: string }) {
  if (quantity <= 0) return `Nothing${of ? ` ${of}` : ''} is ${where}.`;
  return `Only ${countOf(quantity, unit)}${of ? ` ${of}` : ''} ${quantity === 1 ? 'is' : 'are'} ${where}.`;
}

/** "12.50" for 1250 cents; the currency is the hospital's own. */
export const priceText = (cents: number): string =>
  (cents / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const FILTERS = {
  all: 'All',
  low: 'Low stock',
  expiring: 'Expiring soon',
  expired: 'Expired',
  out: 'Out of stock',
  inactive: 'Inactive',
} as const;
export type MedicineFilter = keyof typeof FILTERS;

const SORT_KEYS = ['name', 'onHand', 'expiry'] as const;
export type MedicineSortKey = (typeof SORT_KEYS)[number];
export type MedicineSort = MedicineSortKey | `-${MedicineSortKey}`;

/** What each view is sorted by, each with an index; the first is where it starts. */
export const SORTS_OF: Record<MedicineFilter, readonly [MedicineSortKey, ...MedicineSortKey[]]> = {
  all: ['name', 'onHand', 'expiry'],
  low: ['onHand'],
  expiring: ['expiry'],
  expired: ['expiry'],
  out: ['name'],
  inactive: ['name'],
};
