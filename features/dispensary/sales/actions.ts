'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { removeScanInput, sellInput } from './schema';
import { removePaper, sell } from './service';

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

export const removePaperAction = staffAction({
  permission: 'sales:write',
  input: removeScanInput,
  audit: 'sale.paper.remove',
  target: ({ fileId }) => `file:${fileId}`,
  entryAfter: 'The row may be gone already, with its entry: an interrupted deletion is finished.',
  run: async (ctx, input) => {
    const { name } = await removePaper(ctx, input);
    return { name };
  },
  message: ({ name }) => `${name} is removed.`,
});
