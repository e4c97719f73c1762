import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { figureColumns, figureRowColumns } from '@/features/cashier/day-book/columns';
import { figureRows, moneyFigures } from '@/features/cashier/day-book/queries';
import { moneyReportQuery, spanOf } from '@/features/cashier/day-book/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { scopeOf } from '@/lib/tenancy/at-branch';
import { today } from '@/lib/time';

const ALL_ROWS = 100_000;

/** A report of money, or the documents behind one of its figures. */
export const GET = staffExport({
  permission: 'takings:read',
  audit: 'money-report.export',
  target: ({ what }) => `report:${what}`,
  query: moneyReportQuery,
  name: ({ what }, day) => `${what}-${day}`,
  rows: async (ctx, query) => {
    const span = { ...spanOf(query, today(ctx.timeZone)), scope: scopeOf(ctx, query.branch) };
    const { currency } = await getBillSettings(ctx);
    if (query.key === undefined) {
      const columns = figureColumns(currency.code);
      const figures = await moneyFigures(ctx, query.what, span);
      return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
    }
    const columns = figureRowColumns(currency.code);
    const rows = await figureRows(ctx, query.what, span, query.key, ALL_ROWS);
    return [headingsOf(columns), ...rows.map((row) => cellsOf(columns, row))];
  },
});
