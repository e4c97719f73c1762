import { printBill } from '@/features/cashier/bills/paper';
import { printQuery } from '@/features/cashier/bills/schema';
import { upiAddress } from '@/features/cashier/payments/policy';
import { staffDocument } from '@/lib/actions/exports';

/** A bill or a credit note, on a page or on the roll of a receipt printer. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'bill.print',
  target: (_query, { billId = '' }) => `bill:${billId}`,
  query: printQuery,
  document: (ctx, { paper }, { billId = '' }) => printBill(ctx, billId, paper, upiAddress),
});
