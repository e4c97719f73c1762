'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { AskedOrder } from './dto';
import { completeOrderInput, reopenOrderInput } from './schema';
import { completeOrder, reopenOrder } from './service';

async function refreshed(change: Promise<AskedOrder>): Promise<AskedOrder> {
  const order = await change;
  revalidatePath(paths.orders);
  revalidatePath(paths.visit(order.visitId));
  revalidatePath(paths.charges);
  revalidatePath(paths.cashier);
  return order;
}

export const completeOrderAction = staffAction({
  permission: 'orders:write',
  input: completeOrderInput,
  audit: 'order.complete',
  target: ({ orderId }) => `order:${orderId}`,
  run: (ctx, input) => refreshed(completeOrder(ctx, input)),
  message: ({ what, done }) =>
    done?.billNumber
      ? `${what} is done. Bill ${done.billNumber} has it already.`
      : done?.isPriced
        ? `${what} is done.`
        : `${what} is done. The price list has no price for it.`,
});

export const reopenOrderAction = staffAction({
  permission: 'orders:write',
  input: reopenOrderInput,
  audit: 'order.reopen',
  target: ({ orderId }) => `order:${orderId}`,
  run: (ctx, input) => refreshed(reopenOrder(ctx, input)),
  message: ({ what }) => `${what} is not done.`,
});
