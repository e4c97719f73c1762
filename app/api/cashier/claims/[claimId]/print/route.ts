import { printQuery } from '@/features/cashier/bills/schema';
import { printClaim } from '@/features/cashier/settlements/paper';
import { staffDocument } from '@/lib/actions/exports';

/** The papers of a claim: its covering letter with the bill and its receipts. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'claim.print',
  target: (_query, { claimId = '' }) => `claim:${claimId}`,
  query: printQuery,
  document: (ctx, _query, { claimId = '' }) => printClaim(ctx, claimId),
});
