import { journalColumns } from '@/features/subscription/accounting/columns';
import { listJournal } from '@/features/subscription/accounting/queries';
import { taxMonthQuery } from '@/features/subscription/accounting/schema';
import { platformExport } from '@/lib/actions/exports';

/** The journal of a month, for the program of an accountant. */
export const GET = platformExport({
  permission: 'accounting:export',
  audit: 'accounting-journal.export',
  target: ({ month }) => `month:${month}`,
  query: taxMonthQuery,
  name: ({ month }) => `journal-${month}`,
  columns: journalColumns,
  rows: (ctx, { month }) => listJournal(ctx, month),
});
