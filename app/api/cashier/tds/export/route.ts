import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { withheldColumns } from '@/features/cashier/tds-certificates/columns';
import { readTds } from '@/features/cashier/tds-certificates/queries';
import { tdsExportQuery } from '@/features/cashier/tds-certificates/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';

/** What payers withheld by quarter, and what certificates say of it. */
export const GET = staffExport({
  permission: 'bills:read',
  audit: 'tds.export',
  target: () => 'tds:all',
  query: tdsExportQuery,
  name: (_query, day) => `tax-withheld-${day}`,
  rows: async (ctx) => {
    const [{ currency }, { rows }] = await Promise.all([getBillSettings(ctx), readTds(ctx)]);
    const columns = withheldColumns(currency.code);
    return [headingsOf(columns), ...rows.map((row) => cellsOf(columns, row))];
  },
});
