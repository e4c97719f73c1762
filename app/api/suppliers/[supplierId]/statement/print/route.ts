import { printStatement } from '@/features/pharmacy/supplier-accounts/print-statement';
import { statementQuery } from '@/features/pharmacy/supplier-accounts/schema';
import { staffDocument } from '@/lib/actions/exports';

/** The account of a supplier as a PDF. */
export const GET = staffDocument({
  permission: 'purchases:read',
  audit: 'supplier.statement-print',
  target: (_query, { supplierId = '' }) => `supplier:${supplierId}`,
  query: statementQuery,
  document: (ctx, query, { supplierId = '' }) => printStatement(ctx, supplierId, query),
});
