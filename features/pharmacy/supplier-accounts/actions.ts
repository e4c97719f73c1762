'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { NOTE_KINDS } from './policy';
import { addSupplierNoteInput, setOffInput } from './schema';
import { addSupplierNote, setOffCredit } from './service';

export const addSupplierNoteAction = staffAction({
  permission: 'purchases:write',
  input: addSupplierNoteInput,
  audit: 'supplier-note.add',
  target: ({ supplierId }) => `supplier:${supplierId}`,
  run: async (ctx, input) => {
    const { number } = await addSupplierNote(ctx, input);
    revalidatePath(paths.supplier(input.supplierId));
    revalidatePath(paths.purchases);
    revalidatePath(paths.supplierReturns);
    return { what: `${NOTE_KINDS[input.kind]} ${number}` };
  },
  message: ({ what }) => `${what} is entered. The stock stays as it is.`,
});

export const setOffCreditAction = staffAction({
  permission: 'purchases:write',
  input: setOffInput,
  audit: 'supplier-credit.set-off',
  target: ({ receiptId }) => `goods-receipt:${receiptId}`,
  run: async (ctx, input) => {
    const credit = await setOffCredit(ctx, input);
    revalidatePath(paths.supplier(credit.supplierId));
    revalidatePath(paths.purchase(input.receiptId));
    revalidatePath(paths.purchases);
    return { supplierId: credit.supplierId };
  },
  message: 'Set off. The invoice is down by it.',
});
