import { z } from 'zod';
import { requiredAmount, typedAmount } from '@/features/cashier/bill-settings/schema';
import { requestKey } from '@/features/cashier/bills/schema';
import { NOTE_REASON_IDS } from '@/features/pharmacy/supplier-returns/policy';
import { orNothing } from '@/lib/address-query';
import { chosenId, day, id, optionalText, text, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { NOTE_KIND_IDS } from './policy';

export const setOffInput = z.object({
  /** The return whose credit is used. */
  returnId: id('This credit note is not known.'),
  version,
  receiptId: chosenId('Choose the invoice.'),
  amount: requiredAmount('the amount'),
});
export type SetOffInput = z.output<typeof setOffInput>;

/** A note of a supplier without goods that come or go back. */
export const addSupplierNoteInput = z.object({
  supplierId: id('This supplier is not known.'),
  requestKey,
  kind: z.enum(NOTE_KIND_IDS, 'Choose what it is.'),
  number: text(40, 'Enter the number of the note.'),
  day,
  reason: z.enum(NOTE_REASON_IDS, 'Choose why.'),
  amount: requiredAmount('the amount'),
  tax: typedAmount('the tax in it'),
  note: optionalText(200),
});
export type AddSupplierNoteInput = z.output<typeof addSupplierNoteInput>;

/** The address of a statement: its days; the last three months without. */
export const statementQuery = z.object({ from: orNothing(day), to: orNothing(day) });
/** The same for a file, which names its supplier. */
export const statementExportQuery = statementQuery.extend({
  supplier: orNothing(z.string().regex(OBJECT_ID)),
});
export type StatementQuery = z.output<typeof statementQuery>;
