import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import {
  disposalColumns,
  itemColumns,
  placeColumns,
  stockColumns,
  supplierColumns,
  taxColumns,
} from '@/features/pharmacy/figures/columns';
import {
  listDisposalFigures,
  listItemFigures,
  listPurchaseTaxes,
  listStockOn,
  listSupplierFigures,
  readStockOn,
} from '@/features/pharmacy/figures/queries';
import { figuresQuery } from '@/features/pharmacy/figures/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { monthOf, today } from '@/lib/time';

/** The figures of a month, or the stock of a day. */
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
    if (query.what === 'taxes') {
      const columns = taxColumns(currency.code);
      const figures = await listPurchaseTaxes(ctx, month);
      return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
    }
    if (query.what === 'stock' && query.by === 'store') {
      const columns = placeColumns(currency.code);
      const { places } = await readStockOn(ctx, query.day ?? today(ctx.timeZone));
      return [headingsOf(columns), ...places.map((place) => cellsOf(columns, place))];
    }
    if (query.what === 'stock') {
      const columns = stockColumns(currency.code);
      const figures = await listStockOn(ctx, query.day ?? today(ctx.timeZone));
      return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
    }
    if (query.what === 'disposals') {
      const columns = disposalColumns(currency.code);
      const figures = await listDisposalFigures(ctx, month);
      return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
    }
    const columns = itemColumns(currency.code);
    const figures = await listItemFigures(ctx, month);
    return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
  },
});
