import { invoiceColumns } from '@/features/subscription/accounting/columns';
import { listBookedInvoices } from '@/features/subscription/accounting/queries';
import { taxMonthQuery } from '@/features/subscription/accounting/schema';
import { platformExport } from '@/lib/actions/exports';

/** The invoices of a month with their taxes, for the tax office. */
export const GET = platformExport({
  permission: 'accounting:export',
  audit: 'accounting-invoices.export',
  target: ({ month }) => `month:${month}`,
  query: taxMonthQuery,
  name: ({ month }) => `invoices-${month}`,
  columns: invoiceColumns,
  rows: (ctx, { month }) => listBookedInvoices(ctx, month),
});
