'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { setOffInput } from './schema';
import { setOffCredit } from './service';

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
