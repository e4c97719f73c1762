import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { analysisColumns } from '@/features/pharmacy/stock-analysis/columns';
import { listAnalysis } from '@/features/pharmacy/stock-analysis/queries';
import { analysisQuery } from '@/features/pharmacy/stock-analysis/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';

/** What of each medicine is used and here, or what does not move. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'stock-analysis.export',
  target: ({ show }) => `report:${show}`,
  query: analysisQuery,
  name: ({ show }, day) => `stock-${show}-${day}`,
  rows: async (ctx, query) => {
    const { currency } = await getBillSettings(ctx);
    const columns = analysisColumns(currency.code);
    const rows = await listAnalysis(ctx, query);
    return [headingsOf(columns), ...rows.map((row) => cellsOf(columns, row))];
  },
});
