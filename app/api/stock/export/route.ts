import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { stockRowColumns } from '@/features/pharmacy/opening-stock/columns';
import { listStockRows } from '@/features/pharmacy/opening-stock/queries';
import { noQuery, staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';

/** What stands in each store, lot by lot. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'stock.export',
  query: noQuery,
  name: (_query, day) => `stock-${day}`,
  rows: async (ctx) => {
    const { currency } = await getBillSettings(ctx);
    const columns = stockRowColumns(currency.code);
    const rows = await listStockRows(ctx);
    return [headingsOf(columns), ...rows.map((row) => cellsOf(columns, row))];
  },
});
