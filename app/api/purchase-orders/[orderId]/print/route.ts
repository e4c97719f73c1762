import { printOrder } from '@/features/pharmacy/purchase-orders/print-order';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** An order to a supplier as a PDF. */
export const GET = staffDocument({
  permission: 'purchases:read',
  audit: 'purchase-order.print',
  target: (_query, { orderId = '' }) => `purchase-order:${orderId}`,
  query: noQuery,
  document: (ctx, _query, { orderId = '' }) => printOrder(ctx, orderId),
});
