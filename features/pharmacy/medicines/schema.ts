import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { id, money, namesOf, optionalText, revision, text } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import type { FromForm } from '@/lib/revision';
import { optionalStore } from '../stores/schema';
import { wholeScan } from './gs1';
import {
  EXPIRY_NOTICE_DAYS,
  EXPIRY_SPANS,
  FILTERS,
  FORM_IDS,
  IMPORTANCE_IDS,
  type MedicineFilter,
  type MedicineSort,
  parseExpiry,
  SORTS_OF,
} from './policy';

export { EXPIRY_NOTICE_DAYS } from './policy';

export const MOVEMENT_KINDS = [
  ...(['receipt', 'dispense', 'adjustment', 'return', 'disposal'] as const),
  /** Out of quarantine onto the shelf: a movement of each place. */
  'release',
  /** Back to who sold it. */
  'supplier-return',
  /** From a store onto the way, and from there into another: a movement of each place. */
  'transfer',
  /** What was there when the hospital began with the ledger. */
  'opening',
] as const;
/** Where pieces stand that are not on a shelf. */
export const PLACES = ['quarantine', 'transit'] as const;
export type OffShelf = (typeof PLACES)[number];
/** From one place to the other: nothing is gained or lost, and nothing has a cost. */
export const MOVES: readonly MovementKind[] = ['release', 'transfer'];
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

const known = (what: string) => id(`This ${what} is not known.`);
const whole = (label: string, min: number, max = 1_000_000) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .min(1, `Enter ${label}.`)
    .regex(/^(-?\d{1,9})?$/, `Enter ${label} as a whole number.`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `Enter ${label}, at least ${min}.`)
        .max(max, `Enter ${label}, at most ${max.toLocaleString('en')}.`),
    );
const quantity = whole('the quantity', 1);
/** A whole number that may be left out. */
const optionalWhole = (label: string, min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,6}$/, `Enter ${label} as a whole number.`)
    .optional()
    .transform((value) => (value ? Number(value) : undefined))
    .refine(
      (value) => value === undefined || (value >= min && value <= max),
      `Enter ${label} from ${min} to ${max}.`,
    );

/** Callers that have no form leave the store out. */
type MayNameStore<T extends { storeId: unknown }> = Omit<T, 'storeId'> & Partial<Pick<T, 'storeId'>>;

const EXPIRY_PROBLEM = 'Enter the date as printed, such as 03/2027 or 31 Mar 2027.';
const expiry = z
  .string('Enter the expiry date.')
  .trim()
  .min(1, 'Enter the expiry date.')
  .max(30, EXPIRY_PROBLEM)
  .transform((value, ctx) => {
    const day = parseExpiry(value);
    if (day) return day;
    ctx.addIssue({ code: 'custom', message: EXPIRY_PROBLEM });
    return z.NEVER;
  });

/** A scanner types the whole code of a pack where its lot was asked for. */
const lotNumber = z
  .string('Enter the lot number.')
  .transform((typed) => wholeScan(typed, new Date().getFullYear())?.lotNumber ?? typed)
  .pipe(text(60, 'Enter the lot number.'));

const facts = {
  name: text(120, 'Enter the name.'),
  genericName: optionalText(120),
  form: z.enum(FORM_IDS, 'Choose the form.'),
  strength: optionalText(60),
  unit: text(30, 'Enter the unit, such as bottle or strip.'),
  pack: optionalText(40),
  reorderLevel: whole('the reorder level', 0),
  price: money('the price'),
  openDays: optionalWhole('the days', 1, 999),
  controlClass: optionalText(20),
  taxClass: optionalText(20),
  importance: z
    .enum(['', ...IMPORTANCE_IDS], 'Choose from the list.')
    .optional()
    .transform((value) => value || undefined),
};

/** What an edit leaves in the audit log; the price is stored in cents. */
export const AUDITED_FIELDS = namesOf(facts).map((name) => (name === 'price' ? 'priceCents' : name));

export const addMedicineInput = z.object(facts);
type TypedMedicine = z.output<typeof addMedicineInput>;
/** What few say may be left out by callers that have no form. */
type Rare = 'importance' | 'taxClass' | 'pack';
export type AddMedicineInput = Omit<TypedMedicine, Rare> & Partial<Pick<TypedMedicine, Rare>>;
export const updateMedicineInput = z.object({ ...facts, medicineId: known('medicine'), version: revision });
export type UpdateMedicineInput = FromForm<z.output<typeof updateMedicineInput>>;
export const medicineInput = z.object({ medicineId: known('medicine') });
export const starterFormularyInput = z.object({});

export const receiveStockInput = z.object({
  medicineId: known('medicine'),
  storeId: optionalStore,
  lotNumber,
  expiresOn: expiry,
  quantity,
  cost: money('the cost'),
});
type Received = z.output<typeof receiveStockInput>;
/** The cost may be left out by callers that have no form. */
export type ReceiveStockInput = Omit<Received, 'cost' | 'storeId'> &
  Partial<Pick<Received, 'cost' | 'storeId'>>;

export const adjustStockInput = z.object({
  medicineId: known('medicine'),
  storeId: optionalStore,
  batchId: known('batch'),
  /** What was counted on the shelf. */
  counted: whole('what you counted', 0),
  reason: text(200, 'Enter the reason.'),
  /** Of the batch as it was when it was counted. */
  version: revision,
});
export type AdjustStockInput = MayNameStore<FromForm<z.output<typeof adjustStockInput>>>;

export const disposeStockInput = z.object({
  medicineId: known('medicine'),
  storeId: optionalStore,
  batchId: known('batch'),
  reason: text(200, 'Enter the reason.'),
});
export type DisposeStockInput = MayNameStore<z.output<typeof disposeStockInput>>;

export const disposeExpiredInput = z.object({
  medicineId: known('medicine'),
  reason: text(200, 'Enter the reason.'),
});
export type DisposeExpiredInput = z.output<typeof disposeExpiredInput>;

const batchOf = { medicineId: known('medicine'), batchId: known('batch') };
const reason = text(200, 'Enter the reason.');
export const holdBatchInput = z.object({ ...batchOf, reason });
export type HoldBatchInput = z.output<typeof holdBatchInput>;
export const batchInput = z.object(batchOf);
export type BatchInput = z.output<typeof batchInput>;
/** The store in whose quarantine it stands. */
const fromStoreId = optionalStore;
export const releaseQuarantineInput = z.object({
  ...{ ...batchOf, fromStoreId, storeId: optionalStore, quantity, reason },
});
export const disposeQuarantineInput = z.object({ ...batchOf, fromStoreId, reason });
type FromStore = { fromStoreId?: string | undefined };
export type ReleaseQuarantineInput = MayNameStore<
  Omit<z.output<typeof releaseQuarantineInput>, 'fromStoreId'> & FromStore
>;
export type DisposeQuarantineInput = HoldBatchInput & FromStore;
export const stopSellingInput = z.object({ medicineId: known('medicine'), reason });
export type StopSellingInput = z.output<typeof stopSellingInput>;

/** A pack whose number nobody has scanned before. */
export const rememberPackInput = z.object({
  gtin: z.string().regex(/^\d{14}$/, 'Scan the pack once more.'),
  medicineId: known('medicine'),
  unitsPerPack: whole('how many are in the pack', 1, 10_000),
});
export type RememberPackInput = z.output<typeof rememberPackInput>;

export const dispenseInput = z.object({
  medicineId: known('medicine'),
  storeId: optionalStore,
  quantity,
  note: optionalText(200),
});
export type DispenseInput = MayNameStore<z.output<typeof dispenseInput>>;

export const returnStockInput = z.object({
  medicineId: known('medicine'),
  /** The dispense that comes back, whole or in part. */
  movementId: known('dispense'),
  quantity,
  reason: text(200, 'Enter the reason.'),
});
export type ReturnStockInput = z.output<typeof returnStockInput>;

const FILTER_IDS = Object.keys(FILTERS) as [MedicineFilter, ...MedicineFilter[]];

/** The address of the list: anything malformed means the default. */
export const medicineListQuery = z
  .object({
    q: z.string().trim().max(100).catch('').default(''),
    show: z.enum(FILTER_IDS).catch('all').default('all'),
    sort: orNothing(z.string()),
    /** Of what expires soon: within how many days. */
    within: z.coerce
      .number()
      .refine((days) => (EXPIRY_SPANS as readonly number[]).includes(days))
      .catch(EXPIRY_NOTICE_DAYS)
      .default(EXPIRY_NOTICE_DAYS),
    /** Whose stock it is, see `scopeOf`. */
    branch: orNothing(z.string().max(24)),
    after: cursor(600),
    before: cursor(600),
  })
  .transform(({ sort, ...query }) => {
    const key =
      SORTS_OF[query.show].find((one) => one === sort?.replace(/^-/, '')) ?? SORTS_OF[query.show][0];
    const sorted: MedicineSort = sort === `-${key}` ? `-${key}` : key;
    return { ...query, sort: sorted };
  });
export type MedicineListQuery = z.output<typeof medicineListQuery>;

/** What is typed of a medicine to find it. */
export const medicineSearchQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  /** Whose own names count, too. */
  supplier: orNothing(z.string().regex(OBJECT_ID)),
});

/** The address of a medicine's page: where its ledger is read from. */
export const ledgerQuery = z.object({ after: cursor(600), before: cursor(600) });
export type LedgerQuery = z.output<typeof ledgerQuery>;
