import { printStatement } from '@/features/cashier/statements/paper';
import { statementQuery } from '@/features/cashier/statements/schema';
import { staffDocument } from '@/lib/actions/exports';

/** A patient's account on paper. */
export const GET = staffDocument({
  permission: 'bills:read',
  audit: 'statement.print',
  target: (_query, { patientId = '' }) => `patient:${patientId}`,
  query: statementQuery,
  document: (ctx, { from }, { patientId = '' }) => printStatement(ctx, patientId, from),
});
