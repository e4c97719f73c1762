import { z } from 'zod';

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
const formIds = Object.keys(FORMS) as [MedicineForm, ...MedicineForm[]];

/** Marked amber this many days before it expires. */
export const EXPIRY_NOTICE_DAYS = 90;

const id = (what: string) => z.string().regex(/^[0-9a-f]{24}$/i, `This ${what} is not known.`);
const text = (label: string, max: number) => z.string(`Enter ${label}.`).trim().min(1, `Enter ${label}.`).max(max, `Use at most ${max} characters.`);
const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .optional()
    .transform((value) => value || undefined);
const whole = (label: string, min: number, max: number) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .regex(/^-?\d{1,9}$/, `Enter ${label} as a whole number.`)
    .transform(Number)
    .pipe(z.number().min(min, `${label[0]?.toUpperCase()}${label.slice(1)} must be at least ${min}.`).max(max, `Use at most ${max}.`));
const quantity = whole('the quantity', 1, 1_000_000);
/** "12.50" -> 1250; empty is "no price". */
const price = z
  .string()
  .trim()
  .regex(/^(\d{1,7}([.,]\d{1,2})?)?$/, 'Enter the price as a number such as 12.50.')
  .optional()
  .transform((value) => (value ? Math.round(Number(value.replace(',', '.')) * 100) : undefined));

const facts = {
  name: text('the name', 120),
  genericName: optional(120),
  form: z.enum(formIds, 'Choose the form.'),
  strength: optional(60),
  unit: text('the unit, such as bottle or strip', 30),
  reorderLevel: whole('the reorder level', 0, 1_000_000),
  price,
};

export const addMedicineInput = z.object(facts);
export type AddMedicineInput = z.output<typeof addMedicineInput>;
export const updateMedicineInput = z.object({ ...facts, medicineId: id('medicine') });
export type UpdateMedicineInput = z.output<typeof updateMedicineInput>;
export const medicineInput = z.object({ medicineId: id('medicine') });

export const receiveStockInput = z.object({
  medicineId: id('medicine'),
  lotNumber: text('the lot number', 60),
  expiresOn: z.string('Enter the expiry date.').trim().pipe(z.iso.date('Enter the expiry date as day, month and year.')),
  quantity,
});
export type ReceiveStockInput = z.output<typeof receiveStockInput>;

export const adjustStockInput = z.object({
  medicineId: id('medicine'),
  batchId: id('batch'),
  /** What was counted on the shelf. */
  counted: whole('what you counted', 0, 1_000_000),
  reason: text('the reason', 200),
});
export type AdjustStockInput = z.output<typeof adjustStockInput>;

export const disposeStockInput = z.object({ medicineId: id('medicine'), batchId: id('batch'), reason: text('the reason', 200) });
export type DisposeStockInput = z.output<typeof disposeStockInput>;

export const dispenseInput = z.object({ medicineId: id('medicine'), quantity, note: optional(200) });
export type DispenseInput = z.output<typeof dispenseInput>;

export const FILTERS = { all: 'All', low: 'Low stock', expiring: 'Expiring soon', expired: 'Expired', out: 'Out of stock' } as const;
export const MEDICINE_SORTS = ['name', '-name', 'onHand', '-onHand', 'expiry', '-expiry'] as const;

export const medicineListQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  show: z.enum(['all', 'low', 'expiring', 'expired', 'out']).catch('all').default('all'),
  sort: z.enum(MEDICINE_SORTS).catch('name').default('name'),
  after: z.string().max(400).optional().catch(undefined),
  before: z.string().max(400).optional().catch(undefined),
});
export type MedicineListQuery = z.output<typeof medicineListQuery>;
