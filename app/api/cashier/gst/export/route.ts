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
  name: ({ part, month, number }, day) =>
    ['gstr1', part, month ?? monthOf(day), number].filter(Boolean).join('-'),
  rows: async (ctx, { part, month = monthOf(today(ctx.timeZone)), branch, number }) =>
    gstTable(part, await billsOfMonth(ctx, month, { scope: scopeOf(ctx, branch), taxNumber: number })),
});
