import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { itemColumns, supplierColumns } from '@/features/pharmacy/figures/columns';
import { listItemFigures, listSupplierFigures } from '@/features/pharmacy/figures/queries';
import { figuresQuery } from '@/features/pharmacy/figures/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { monthOf, today } from '@/lib/time';

/** The figures of a month, by medicine or by supplier. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'pharmacy-figures.export',
  target: ({ what }) => `report:${what}`,
  query: figuresQuery,
  name: ({ what }, day) => `pharmacy-${what}-${day}`,
  rows: async (ctx, query) => {
    const month = query.month ?? monthOf(today(ctx.timeZone));
    const { currency } = await getBillSettings(ctx);
    if (query.what === 'suppliers') {
      const columns = supplierColumns(currency.code);
      const figures = await listSupplierFigures(ctx, month);
      return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
    }
    const columns = itemColumns(currency.code);
    const figures = await listItemFigures(ctx, month);
    return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
  },
});
