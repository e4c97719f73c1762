import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { shareLineColumns, shareSumColumns } from '@/features/cashier/doctor-shares/columns';
import { doctorShareLines, sumShares } from '@/features/cashier/doctor-shares/queries';
import { doctorShareQuery } from '@/features/cashier/doctor-shares/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { scopeOf } from '@/lib/tenancy/at-branch';
import { monthOf, today } from '@/lib/time';

/** Doctors' shares of a month: by doctor, or each line of one doctor. */
export const GET = staffExport({
  permission: 'takings:read',
  audit: 'doctor-shares.export',
  target: ({ doctor }) => (doctor ? `staff:${doctor}` : 'doctor-shares:all'),
  query: doctorShareQuery,
  name: ({ month }, day) => `doctor-shares-${month ?? monthOf(day)}`,
  rows: async (ctx, { month = monthOf(today(ctx.timeZone)), doctor, branch }) => {
    const [{ currency }, lines] = await Promise.all([
      getBillSettings(ctx),
      doctorShareLines(ctx, month, { doctorId: doctor, scope: scopeOf(ctx, branch) }),
    ]);
    if (doctor) {
      const columns = shareLineColumns(currency.code);
      return [headingsOf(columns), ...lines.map((line) => cellsOf(columns, line))];
    }
    const columns = shareSumColumns(currency.code);
    return [headingsOf(columns), ...sumShares(lines).map((row) => cellsOf(columns, row))];
  },
});
