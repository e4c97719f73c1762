import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { doctorColumns } from '@/features/dispensary/doctor-figures/columns';
import { listDoctorFigures } from '@/features/dispensary/doctor-figures/queries';
import { doctorFiguresQuery } from '@/features/dispensary/doctor-figures/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { monthOf, today } from '@/lib/time';

/** What became of what each doctor prescribed in a month, and what it earned. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'doctor-figures.export',
  target: () => 'report:doctor-figures',
  query: doctorFiguresQuery,
  name: (_query, day) => `pharmacy-doctors-${day}`,
  rows: async (ctx, query) => {
    const { currency } = await getBillSettings(ctx);
    const columns = doctorColumns(currency.code);
    const figures = await listDoctorFigures(ctx, query.month ?? monthOf(today(ctx.timeZone)));
    return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
  },
});
