'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { PurchaseOrder } from './dto';
import { addOrderInput, approveOrderInput, endOrderInput, updateOrderInput } from './schema';
import { addOrder, approveOrder, cancelOrder, closeOrder, mailOrder, updateOrder } from './service';

const target = ({ orderId }: { orderId: string }): string => `purchase-order:${orderId}`;
const fresh = (order: PurchaseOrder): PurchaseOrder => {
  revalidatePath(paths.purchaseOrders);
  revalidatePath(paths.purchaseOrder(order.id));
  return order;
};

export const addOrderAction = staffAction({
  permission: 'purchases:write',
  input: addOrderInput,
  audit: 'purchase-order.add',
  run: async (ctx, input) => fresh(await addOrder(ctx, input)),
  message: ({ number }) => `${number} is a draft: somebody approves it.`,
});

export const updateOrderAction = staffAction({
  permission: 'purchases:write',
  input: updateOrderInput,
  audit: 'purchase-order.update',
  target,
  run: async (ctx, input) => fresh(await updateOrder(ctx, input)),
  message: ({ number }) => `${number} is saved.`,
});

export const approveOrderAction = staffAction({
  permission: 'purchase-approvals:write',
  input: approveOrderInput,
  audit: 'purchase-order.approve',
  target,
  run: async (ctx, input) => fresh(await approveOrder(ctx, input)),
  message: ({ number }) => `${number} is approved. Goods may come against it.`,
});

export const cancelOrderAction = staffAction({
  permission: 'purchases:write',
  input: endOrderInput,
  audit: 'purchase-order.cancel',
  target,
  run: async (ctx, input) => fresh(await cancelOrder(ctx, input)),
  message: ({ number }) => `${number} is cancelled.`,
});

export const closeOrderAction = staffAction({
  permission: 'purchases:write',
  input: endOrderInput,
  audit: 'purchase-order.close',
  target,
  run: async (ctx, input) => fresh(await closeOrder(ctx, input)),
  message: ({ number }) => `${number} is closed.`,
});

export const mailOrderAction = staffAction({
  permission: 'purchases:write',
  input: approveOrderInput,
  audit: 'purchase-order.mail',
  target,
  run: async (ctx, input) => fresh(await mailOrder(ctx, input)),
  message: ({ number, mailedTo }) => `${number} is mailed to ${mailedTo}.`,
});
