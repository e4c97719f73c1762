import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { statementColumns } from '@/features/pharmacy/supplier-accounts/columns';
import { getStatement } from '@/features/pharmacy/supplier-accounts/queries';
import { statementExportQuery } from '@/features/pharmacy/supplier-accounts/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';

/** The account of a supplier, entry by entry. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'supplier.statement-export',
  target: ({ supplier = '' }) => `supplier:${supplier}`,
  query: statementExportQuery,
  name: (_query, day) => `statement-${day}`,
  rows: async (ctx, { supplier, ...query }) => {
    const { currency } = await getBillSettings(ctx);
    const columns = statementColumns(currency.code);
    const { statement } = await getStatement(ctx, supplier ?? '', query);
    return [headingsOf(columns), ...statement.lines.map((line) => cellsOf(columns, line))];
  },
});
