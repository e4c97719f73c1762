import { printQuery } from '@/features/cashier/bills/schema';
import { printReceipt } from '@/features/cashier/payments/paper';
import { staffDocument } from '@/lib/actions/exports';

/** A receipt, an advance receipt or a refund voucher. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'receipt.print',
  target: (_query, { receiptId = '' }) => `receipt:${receiptId}`,
  query: printQuery,
  document: (ctx, { paper }, { receiptId = '' }) => printReceipt(ctx, receiptId, paper),
});
