'use server';
import { revalidatePath } from 'next/cache';
import { storeInput } from '@/features/pharmacy/stores/schema';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { Transfer } from './dto';
import { receiveTransferInput, sendTransferInput } from './schema';
import { closeStore, receiveTransfer, reopenStore, sendTransfer } from './service';

const fresh = (transfer: Transfer): Transfer => {
  revalidatePath(paths.transfers);
  revalidatePath(paths.transfer(transfer.id));
  revalidatePath(paths.stores);
  revalidatePath(paths.medicines);
  return transfer;
};

export const sendTransferAction = staffAction({
  permission: 'medicines:write',
  input: sendTransferInput,
  audit: 'transfer.send',
  run: async (ctx, input) => fresh(await sendTransfer(ctx, input)),
  message: ({ number, toName }) => `${number} is on its way to ${toName}.`,
});

export const receiveTransferAction = staffAction({
  permission: 'medicines:write',
  input: receiveTransferInput,
  audit: 'transfer.receive',
  target: ({ transferId }) => `transfer:${transferId}`,
  run: async (ctx, input) => fresh(await receiveTransfer(ctx, input)),
  message: ({ number, state }) =>
    state === 'done'
      ? `Nothing of ${number} is on its way any more.`
      : `Noted. Some of ${number} is still on its way.`,
});

export const closeStoreAction = staffAction({
  permission: 'settings:write',
  input: storeInput,
  audit: 'store.close',
  target: ({ storeId }) => `store:${storeId}`,
  run: async (ctx, { storeId }) => {
    const store = await closeStore(ctx, storeId);
    revalidatePath(paths.stores);
    return store;
  },
  message: ({ name }) => `${name} is closed.`,
});

export const reopenStoreAction = staffAction({
  permission: 'settings:write',
  input: storeInput,
  audit: 'store.reopen',
  target: ({ storeId }) => `store:${storeId}`,
  run: async (ctx, { storeId }) => {
    const store = await reopenStore(ctx, storeId);
    revalidatePath(paths.stores);
    return store;
  },
  message: ({ name }) => `${name} is open again.`,
});
