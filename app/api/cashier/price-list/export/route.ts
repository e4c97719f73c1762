import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { priceListColumns } from '@/features/cashier/price-list/columns';
import { listPriced } from '@/features/cashier/price-list/queries';
import { priceListExportQuery } from '@/features/cashier/price-list/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { today } from '@/lib/time';

/** The price list of today, as the import reads it again. */
export const GET = staffExport({
  permission: 'bills:read',
  audit: 'price-list.export',
  target: () => 'price-list:services',
  query: priceListExportQuery,
  name: (_query, day) => `price-list-${day}`,
  rows: async (ctx) => {
    const [services, { currency, country }] = await Promise.all([
      listPriced(ctx, today(ctx.timeZone), { branchId: null }),
      getBillSettings(ctx),
    ]);
    const columns = priceListColumns(currency.code, country);
    return [headingsOf(columns), ...services.map((service) => cellsOf(columns, service))];
  },
});
