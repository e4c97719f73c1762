'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { Stocktake } from './dto';
import {
  approveStocktakeInput,
  foundLotInput,
  saveCountsInput,
  startStocktakeInput,
  stocktakeInput,
} from './schema';
import {
  approveStocktake,
  cancelStocktake,
  countFoundLot,
  recountStocktake,
  saveCounts,
  startStocktake,
  submitStocktake,
} from './service';

const target = ({ stocktakeId }: { stocktakeId: string }): string => `stocktake:${stocktakeId}`;
const fresh = (stocktake: Stocktake): Stocktake => {
  revalidatePath(paths.stocktakes);
  revalidatePath(paths.stocktake(stocktake.id));
  return stocktake;
};

export const startStocktakeAction = staffAction({
  permission: 'medicines:write',
  input: startStocktakeInput,
  audit: 'stocktake.start',
  run: async (ctx, input) => fresh(await startStocktake(ctx, input)),
  message: ({ number, storeName }) => `${number}: ${storeName} is being counted. It goes on working.`,
});

export const saveCountsAction = staffAction({
  permission: 'medicines:write',
  input: saveCountsInput,
  audit: 'stocktake.count',
  target,
  run: async (ctx, input) => fresh(await saveCounts(ctx, input)),
  message: 'Saved.',
});

export const countFoundLotAction = staffAction({
  permission: 'medicines:write',
  input: foundLotInput,
  audit: 'stocktake.found',
  target,
  run: async (ctx, input) => fresh(await countFoundLot(ctx, input)),
  message: 'The lot is on the list. It comes into stock when the count is approved.',
});

export const submitStocktakeAction = staffAction({
  permission: 'medicines:write',
  input: stocktakeInput,
  audit: 'stocktake.submit',
  target,
  run: async (ctx, input) => fresh(await submitStocktake(ctx, input)),
  message: ({ number }) => `${number} waits for somebody else to approve it.`,
});

export const recountStocktakeAction = staffAction({
  permission: 'stocktake-approvals:write',
  input: stocktakeInput,
  audit: 'stocktake.recount',
  target,
  run: async (ctx, input) => fresh(await recountStocktake(ctx, input)),
  message: ({ number }) => `${number} is counted again.`,
});

export const cancelStocktakeAction = staffAction({
  permission: 'medicines:write',
  input: stocktakeInput,
  audit: 'stocktake.cancel',
  target,
  run: async (ctx, input) => fresh(await cancelStocktake(ctx, input)),
  message: ({ number }) => `${number} is cancelled. The stock stays as it was.`,
});

export const approveStocktakeAction = staffAction({
  permission: 'stocktake-approvals:write',
  input: approveStocktakeInput,
  audit: 'stocktake.approve',
  target,
  run: async (ctx, input) => {
    const stocktake = fresh(await approveStocktake(ctx, input));
    revalidatePath(paths.medicines);
    return stocktake;
  },
  message: ({ number }) => `${number} is approved. The stock is as it was counted.`,
});
