import { z } from 'zod';
import { requiredAmount, typedAmount } from '@/features/cashier/bill-settings/schema';
import { optionalId, requestKey } from '@/features/cashier/bills/schema';
import { readGtin, wholeScan } from '@/features/pharmacy/medicines/gs1';
import { parseExpiry } from '@/features/pharmacy/medicines/policy';
import { cursor, orNothing } from '@/lib/address-query';
import { readDecimal } from '@/lib/currency';
import { chosenId, day, id, optionalText, postedList, text, ticked } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { optionalStore } from '../stores/schema';
import { SUPPLIER_METHOD_IDS, TAX_RATES_BP } from './policy';

const UNREADABLE = 'The lines could not be read. Open this again.';

export const MOST_LINES = 100;
const TOO_MANY = `Enter at most ${MOST_LINES} lines. Remove those that are not on this invoice.`;
const isTooLong = (value: string): boolean => (postedList(value, 5_000)?.length ?? 0) > MOST_LINES;

/** What is typed in a row, as texts: a row is checked as a whole, so that its mistakes are said together. */
const typedLine = z.object({
  medicineId: z.string().max(24),
  medicineName: z.string().max(200),
  unitsPerPack: z.string().max(10),
  packs: z.string().max(10),
  freePacks: z.string().max(10),
  lotNumber: z.string().max(60),
  expiresOn: z.string().max(30),
  rate: z.string().max(24),
  mrp: z.string().max(24),
  discount: z.string().max(10),
  taxBp: z.string().max(6),
  /** Of a pack that was scanned: it is known the next time. */
  gtin: z.string().max(14).optional(),
});
export type TypedLine = z.output<typeof typedLine>;

const whole = (value: string, least: number): number | null => {
  const typed = value.trim() || '0';
  return /^\d{1,6}$/.test(typed) && Number(typed) >= least ? Number(typed) : null;
};
const percentBp = (value: string): number | null =>
  /^(\d{1,3}(\.\d{1,2})?)?$/.test(value.trim()) && Number(value || 0) <= 100
    ? Math.round(Number(value || 0) * 100)
    : null;

/** What a row says, or what is wrong with it, in a few words. */
export function readLine(typed: TypedLine) {
  const wrong: string[] = [];
  const need = <T>(value: T | null, sentence: string): T | null => {
    if (value === null) wrong.push(sentence);
    return value;
  };
  if (!OBJECT_ID.test(typed.medicineId)) wrong.push('choose the medicine');
  const packs = need(whole(typed.packs, 0), 'the packs as a whole number');
  const freePacks = need(whole(typed.freePacks, 0), 'the free packs as a whole number');
  if (packs !== null && freePacks !== null && packs + freePacks === 0) wrong.push('how many packs came');
  const unitsPerPack = need(whole(typed.unitsPerPack || '1', 1), 'how many are in a pack');
  const lotNumber = wholeScan(typed.lotNumber, new Date().getFullYear())?.lotNumber ?? typed.lotNumber.trim();
  if (!lotNumber) wrong.push('the lot number');
  const expiresOn = need(parseExpiry(typed.expiresOn), 'the expiry as printed, such as 03/2027');
  const rate = need(readDecimal(typed.rate || '0'), 'the rate');
  if (packs && rate !== null && Number(rate) === 0) wrong.push('the rate');
  const mrp = typed.mrp.trim() ? need(readDecimal(typed.mrp), 'the MRP') : undefined;
  const discountBp = need(percentBp(typed.discount), 'the discount in percent');
  const taxBp = need(TAX_RATES_BP.find((rateBp) => String(rateBp) === typed.taxBp) ?? null, 'the tax');
  const line = { packs, freePacks, unitsPerPack, expiresOn, rate, discountBp, taxBp };
  if (wrong.length > 0 || Object.values(line).some((value) => value === null))
    return { problem: `${typed.medicineName || 'A line'}: ${wrong.join(', ')}.` };
  return {
    line: {
      ...(line as { [K in keyof typeof line]: NonNullable<(typeof line)[K]> }),
      ...{ medicineId: typed.medicineId, lotNumber },
      gtin: readGtin(typed.gtin ?? '') ?? undefined,
      mrp: mrp ?? undefined,
    },
  };
}

export const isEmptyLine = (line: TypedLine): boolean =>
  !line.medicineId && !line.medicineName && !line.packs && !line.lotNumber && !line.rate;

export const receiveGoodsInput = z.object({
  supplierId: chosenId('Choose the supplier.'),
  requestKey,
  /** The order that the goods came against. */
  orderId: optionalId,
  storeId: optionalStore,
  invoiceNumber: text(40, 'Enter the number of the invoice.'),
  invoiceDay: day,
  charges: typedAmount('the charges'),
  /** As printed on the paper: the round-off is what is missing to it. */
  total: requiredAmount('the total of the invoice'),
  isTaxClaimed: ticked,
  note: optionalText(200),
  lines: z
    .string(UNREADABLE)
    .max(60_000, UNREADABLE)
    .transform((value, ctx) => {
      const parsed = z.array(typedLine).safeParse(postedList(value, MOST_LINES));
      const refuse = (message: string) => {
        ctx.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (!parsed.success) return refuse(isTooLong(value) ? TOO_MANY : UNREADABLE);
      const read = parsed.data.filter((line) => !isEmptyLine(line)).map(readLine);
      if (read.length === 0) return refuse('Enter what came: at least one line.');
      const problems = read.flatMap((one) => ('problem' in one && one.problem ? [one.problem] : []));
      if (problems.length > 0) return refuse(problems.slice(0, 3).join(' '));
      return read.flatMap((one) => (one.line ? [one.line] : []));
    }),
});
export type ReceiveGoodsInput = z.output<typeof receiveGoodsInput>;

const SHEET = 'Choose the spreadsheet.';
/** The lines of an invoice, as the supplier's spreadsheet has them. */
export const readGoodsInput = z.object({
  sheet: z.string(SHEET).min(1, SHEET).max(150_000, 'This is too long. Take fewer rows at once.'),
});
export type ReadGoodsInput = z.output<typeof readGoodsInput>;

export const paySupplierInput = z.object({
  receiptId: id('This invoice is not known.'),
  requestKey,
  method: z.enum(SUPPLIER_METHOD_IDS, 'Choose how it is paid.'),
  amount: requiredAmount('the amount'),
  reference: optionalText(60),
});
export type PaySupplierInput = z.output<typeof paySupplierInput>;

/** The address of the list. */
export const purchasesQuery = z.object({
  show: z.enum(['all', 'due']).catch('all').default('all'),
  after: cursor(),
  before: cursor(),
});
export type PurchasesQuery = z.output<typeof purchasesQuery>;

/** The address of a new invoice: the order that the goods came against. */
export const newPurchaseQuery = z.object({ order: orNothing(z.string().regex(OBJECT_ID)) });
