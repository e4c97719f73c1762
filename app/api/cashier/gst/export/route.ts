import { gstTable } from '@/features/cashier/day-book/gst';
import { billsOfMonth } from '@/features/cashier/day-book/queries';
import { gstQuery } from '@/features/cashier/day-book/schema';
import { staffExport } from '@/lib/actions/exports';
import { scopeOf } from '@/lib/tenancy/at-branch';
import { monthOf, today } from '@/lib/time';

/** One part of the monthly return of India (GSTR-1), as the government's own spreadsheet names it. */
export const GET = staffExport({
  permission: 'takings:read',
  audit: 'gst.export',
  target: ({ part }) => `gst:${part}`,
  query: gstQuery,
  name: ({ part, month }, day) => `gstr1-${part}-${month ?? monthOf(day)}`,
  rows: async (ctx, { part, month, branch }) =>
    gstTable(part, await billsOfMonth(ctx, month ?? monthOf(today(ctx.timeZone)), scopeOf(ctx, branch))),
});
