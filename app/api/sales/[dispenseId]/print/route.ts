import { printSale } from '@/features/dispensary/sales/print-sale';
import { salePrintQuery } from '@/features/dispensary/sales/schema';
import { staffDocument } from '@/lib/actions/exports';

/** The bill of what was sold at the counter, for who sold it. */
export const GET = staffDocument({
  permission: 'dispenses:read',
  audit: 'sale.print',
  target: (_query, { dispenseId = '' }) => `dispense:${dispenseId}`,
  query: salePrintQuery,
  document: (ctx, { paper }, { dispenseId = '' }) => printSale(ctx, dispenseId, paper),
});
