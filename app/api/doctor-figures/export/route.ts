import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { doctorColumns } from '@/features/insight/doctor-figures/columns';
import { listDoctorFigures } from '@/features/insight/doctor-figures/queries';
import { doctorFiguresQuery, doctorFiguresRange } from '@/features/insight/doctor-figures/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { today } from '@/lib/time';

/** What became of what each doctor prescribed in a month or a year, and what it earned. */
export const GET = staffExport({
  permission: 'purchases:read',
  audit: 'doctor-figures.export',
  target: () => 'report:doctor-figures',
  query: doctorFiguresQuery,
  name: (_query, day) => `pharmacy-doctors-${day}`,
  rows: async (ctx, query) => {
    const { currency } = await getBillSettings(ctx);
    const columns = doctorColumns(currency.code);
    const { figures } = await listDoctorFigures(ctx, doctorFiguresRange(query, today(ctx.timeZone)));
    return [headingsOf(columns), ...figures.map((figure) => cellsOf(columns, figure))];
  },
});
