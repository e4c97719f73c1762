'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addSupplierInput, updateSupplierInput } from './schema';
import { addSupplier, updateSupplier } from './service';

export const addSupplierAction = staffAction({
  permission: 'purchases:write',
  input: addSupplierInput,
  audit: 'supplier.add',
  run: async (ctx, input) => {
    const supplier = await addSupplier(ctx, input);
    revalidatePath(paths.suppliers);
    return supplier;
  },
  message: ({ name }) => `${name} is in the list.`,
});

export const updateSupplierAction = staffAction({
  permission: 'purchases:write',
  input: updateSupplierInput,
  audit: 'supplier.update',
  target: ({ supplierId }) => `supplier:${supplierId}`,
  run: async (ctx, input) => {
    const supplier = await updateSupplier(ctx, input);
    revalidatePath(paths.suppliers);
    return supplier;
  },
  message: ({ name }) => `${name} is saved.`,
});
