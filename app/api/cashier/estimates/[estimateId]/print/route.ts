import { printQuery } from '@/features/cashier/bills/schema';
import { printEstimate } from '@/features/cashier/estimates/paper';
import { staffDocument } from '@/lib/actions/exports';

/** An estimate, on a page or on the roll of a receipt printer. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'estimate.print',
  target: (_query, { estimateId = '' }) => `estimate:${estimateId}`,
  query: printQuery,
  document: (ctx, { paper }, { estimateId = '' }) => printEstimate(ctx, estimateId, paper),
});
