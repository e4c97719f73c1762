'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { forgetProductInput } from './schema';
import { forgetProduct } from './service';

export const forgetProductAction = staffAction({
  permission: 'purchases:write',
  input: forgetProductInput,
  audit: 'supplier.forget-name',
  target: ({ supplierId }) => `supplier:${supplierId}`,
  run: async (ctx, input) => {
    const forgotten = await forgetProduct(ctx, input);
    revalidatePath(paths.supplier(forgotten.supplierId));
    return forgotten;
  },
  message: ({ written }) => `“${written}” is forgotten: the next invoice asks again.`,
});
