'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { sellInput } from './schema';
import { sell } from './service';

export const sellAction = staffAction({
  permission: 'sales:write',
  input: sellInput,
  audit: 'sale.issue',
  run: async (ctx, input) => {
    const { id } = await sell(ctx, input);
    revalidatePath(paths.pharmacy);
    revalidatePath(paths.medicines);
    revalidatePath(paths.bills);
    return { id };
  },
  message: 'Sold. The stock is down by it and the bill is written.',
});
