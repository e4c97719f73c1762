import { z } from 'zod';
import { requiredAmount } from '@/features/cashier/bill-settings/schema';
import { orNothing } from '@/lib/address-query';
import { chosenId, day, id, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';

export const setOffInput = z.object({
  /** The return whose credit is used. */
  returnId: id('This credit note is not known.'),
  version,
  receiptId: chosenId('Choose the invoice.'),
  amount: requiredAmount('the amount'),
});
export type SetOffInput = z.output<typeof setOffInput>;

/** The address of a statement: its days; the last three months without. */
export const statementQuery = z.object({ from: orNothing(day), to: orNothing(day) });
/** The same for a file, which names its supplier. */
export const statementExportQuery = statementQuery.extend({
  supplier: orNothing(z.string().regex(OBJECT_ID)),
});
export type StatementQuery = z.output<typeof statementQuery>;
