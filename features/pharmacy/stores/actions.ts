'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addStoreInput, storeInput, updateStoreInput } from './schema';
import { addStore, chooseCounter, updateStore } from './service';

export const addStoreAction = staffAction({
  permission: 'settings:write',
  input: addStoreInput,
  audit: 'store.add',
  run: async (ctx, input) => {
    const store = await addStore(ctx, input);
    revalidatePath(paths.stores);
    return store;
  },
  message: ({ name }) => `${name} is there. Transfers bring stock into it.`,
});

export const updateStoreAction = staffAction({
  permission: 'settings:write',
  input: updateStoreInput,
  audit: 'store.update',
  target: ({ storeId }) => `store:${storeId}`,
  run: async (ctx, input) => {
    const store = await updateStore(ctx, input);
    revalidatePath(paths.stores);
    return store;
  },
  message: ({ name }) => `${name} is saved.`,
});

export const chooseCounterAction = staffAction({
  permission: 'dispenses:write',
  input: storeInput,
  audit: 'store.choose-counter',
  target: ({ storeId }) => `store:${storeId}`,
  run: async (ctx, { storeId }) => {
    const store = await chooseCounter(ctx, storeId);
    revalidatePath(paths.pharmacy, 'layout');
    return store;
  },
  message: ({ name }) => `You give out from ${name} now.`,
});
