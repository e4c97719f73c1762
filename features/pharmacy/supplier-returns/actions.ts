'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { SupplierReturn } from './dto';
import { addSupplierReturnInput, closeSupplierReturnInput } from './schema';
import { addSupplierReturn, closeSupplierReturn } from './service';

const fresh = (back: SupplierReturn): SupplierReturn => {
  revalidatePath(paths.supplierReturns);
  revalidatePath(paths.supplierReturn(back.id));
  revalidatePath(paths.medicines);
  return back;
};

export const addSupplierReturnAction = staffAction({
  permission: 'purchases:write',
  input: addSupplierReturnInput,
  audit: 'supplier-return.add',
  run: async (ctx, input) => fresh(await addSupplierReturn(ctx, input)),
  message: ({ number }) => `${number} has left the stock. Its credit is waited for.`,
});

export const closeSupplierReturnAction = staffAction({
  permission: 'purchases:write',
  input: closeSupplierReturnInput,
  audit: 'supplier-return.close',
  target: ({ returnId }) => `supplier-return:${returnId}`,
  run: async (ctx, input) => fresh(await closeSupplierReturn(ctx, input)),
  message: ({ number }) => `${number} is closed.`,
});
