import { printQuery } from '@/features/cashier/bills/schema';
import { printPayerStatement } from '@/features/cashier/settlements/payer-paper';
import { staffDocument } from '@/lib/actions/exports';

/** What a payer is asked for in one letter. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'payer.print',
  target: (_query, { payerId = '' }) => `payer:${payerId}`,
  query: printQuery,
  document: (ctx, _query, { payerId = '' }) => printPayerStatement(ctx, payerId),
});
