import { z } from 'zod';
import { requiredAmount, typedAmount } from '@/features/cashier/bill-settings/schema';
import { optionalId, requestKey } from '@/features/cashier/bills/schema';
import { cursor, orNothing } from '@/lib/address-query';
import { chosenId, day, id, optionalText, postedList, text, ticked } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { optionalStore } from '../stores/schema';
import { LONGEST_CODE, LONGEST_NAME } from '../supplier-products/policy';
import { isEmptyLine, MOST_LINES, readLine, SUPPLIER_METHOD_IDS } from './policy';

const UNREADABLE = 'The lines could not be read. Open this again.';

const TOO_MANY = `Enter at most ${MOST_LINES} lines. Remove those that are not on this invoice.`;
const isTooLong = (value: string): boolean => (postedList(value, 5_000)?.length ?? 0) > MOST_LINES;

/** What is typed in a row, as texts: a row is checked as a whole, so that its mistakes are said together. */
const typedLine = z.object({
  medicineId: z.string().max(24),
  medicineName: z.string().max(200),
  unitsPerPack: z.string().max(40),
  packs: z.string().max(40),
  freePacks: z.string().max(40),
  lotNumber: z.string().max(60),
  expiresOn: z.string().max(30),
  rate: z.string().max(24),
  mrp: z.string().max(24),
  discount: z.string().max(10),
  scheme: z.string().max(24).optional(),
  taxBp: z.string().max(6),
  /** Of a pack that was scanned: it is known the next time. */
  gtin: z.string().max(14).optional(),
  theirName: z.string().max(LONGEST_NAME).optional(),
  theirCode: z.string().max(LONGEST_CODE).optional(),
});
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
    .max(80_000, UNREADABLE)
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
  /** Whose own names and codes count; nobody's while none is chosen. */
  supplierId: optionalId,
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
