import { z } from 'zod';
import { typedAmount } from '@/features/cashier/bill-settings/schema';
import { requestKey } from '@/features/cashier/bills/schema';
import { cursor, orNothing } from '@/lib/address-query';
import { chosenId, id, optionalText, readRows, typedPieces, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { optionalStore } from '../stores/schema';
import { RETURN_FROM, returnedFrom, SUPPLIER_RETURN_REASON_IDS } from './policy';

const UNREADABLE = 'The list could not be read. Open it again.';
const NOTHING = 'Say how many of something go back.';
const MOST_LINES = 200;

const line = z.object({
  batchId: id('This lot is not known.'),
  from: z.enum(RETURN_FROM, 'Say where it stands.'),
  storeId: optionalStore,
  quantity: typedPieces(100_000),
});

export const addSupplierReturnInput = z.object({
  supplierId: chosenId('Choose the supplier.'),
  requestKey,
  reason: z.enum(SUPPLIER_RETURN_REASON_IDS, 'Choose why it goes back.'),
  /** What the supplier is expected to credit. */
  expected: typedAmount('the expected credit'),
  note: optionalText(200),
  lines: z
    .string(NOTHING)
    .max(60_000, UNREADABLE)
    .transform((value, ctx) => {
      const rows = readRows(line, value, ctx, {
        ...{ most: MOST_LINES, unreadable: UNREADABLE, keyOf: returnedFrom },
      });
      if (!rows) return z.NEVER;
      const back = rows.filter(({ quantity }) => quantity > 0);
      const keys = new Set(back.map(returnedFrom));
      if (back.length > 0 && keys.size === back.length) return back;
      ctx.addIssue({ code: 'custom', message: back.length > 0 ? UNREADABLE : NOTHING });
      return z.NEVER;
    }),
});
export type AddSupplierReturnInput = z.output<typeof addSupplierReturnInput>;

export const closeSupplierReturnInput = z
  .object({
    returnId: id('This return is not known.'),
    version,
    outcome: z.enum(['credited', 'refused'], 'Say what became of it.'),
    creditNote: optionalText(40),
    amount: typedAmount('the amount of the credit'),
    reason: optionalText(200),
  })
  .superRefine(({ outcome, creditNote, amount, reason }, ctx) => {
    const need = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message });
    if (outcome === 'credited' && !creditNote) need('creditNote', 'Enter the number of the credit note.');
    if (outcome === 'credited' && amount === undefined) need('amount', 'Enter the amount of the credit.');
    if (outcome === 'refused' && !reason) need('reason', 'Say why the supplier refuses.');
  });
export type CloseSupplierReturnInput = z.output<typeof closeSupplierReturnInput>;

/** The address of the list. */
export const supplierReturnsQuery = z.object({
  show: z.enum(['open', 'all']).catch('open').default('open'),
  after: cursor(),
  before: cursor(),
});
export type SupplierReturnsQuery = z.output<typeof supplierReturnsQuery>;

/** The address of a new return: to whom. */
export const newSupplierReturnQuery = z.object({ supplier: orNothing(z.string().regex(OBJECT_ID)) });
