'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addresseeInput, saveAddresseeInput } from './schema';
import { deleteAddressee, saveAddressee } from './service';

export const saveAddresseeAction = staffAction({
  permission: 'letters:write',
  input: saveAddresseeInput,
  audit: 'addressee.save',
  run: async (ctx, input) => {
    const addressee = await saveAddressee(ctx, input);
    revalidatePath(paths.addressees);
    return addressee;
  },
  message: ({ name }) => `${name} is in the address book.`,
});

export const deleteAddresseeAction = staffAction({
  permission: 'letters:write',
  input: addresseeInput,
  audit: 'addressee.delete',
  target: ({ addresseeId }) => `addressee:${addresseeId}`,
  run: async (ctx, { addresseeId }) => {
    const addressee = await deleteAddressee(ctx, addresseeId);
    revalidatePath(paths.addressees);
    return addressee;
  },
  message: ({ name }) => `${name} is deleted.`,
});
