'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { readGoods } from './queries';
import { paySupplierInput, readGoodsInput, receiveGoodsInput } from './schema';
import { paySupplier, receiveGoods } from './service';

export const readGoodsAction = staffAction({
  permission: 'purchases:write',
  input: readGoodsInput,
  audit: 'goods.read-sheet',
  entryAfter: 'It changes nothing: the rows of a spreadsheet become lines of a form.',
  run: (ctx, input) => readGoods(ctx, input),
});

export const receiveGoodsAction = staffAction({
  permission: 'purchases:write',
  input: receiveGoodsInput,
  audit: 'goods.receive',
  run: async (ctx, input) => {
    const receipt = await receiveGoods(ctx, input);
    revalidatePath(paths.purchases);
    revalidatePath(paths.medicines);
    if (receipt.orderId) revalidatePath(paths.purchaseOrder(receipt.orderId));
    return receipt;
  },
  message: ({ invoiceNumber }) => `Invoice ${invoiceNumber} is entered, and its goods are in stock.`,
});

export const paySupplierAction = staffAction({
  permission: 'purchases:write',
  input: paySupplierInput,
  audit: 'supplier.pay',
  target: ({ receiptId }) => `goods-receipt:${receiptId}`,
  run: async (ctx, input) => {
    const receipt = await paySupplier(ctx, input);
    revalidatePath(paths.purchases);
    revalidatePath(paths.purchase(receipt.id));
    return receipt;
  },
  message: 'The payment is noted.',
});
