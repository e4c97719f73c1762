import { packageColumns } from '@/features/cashier/packages/columns';
import { listAllPackages } from '@/features/cashier/packages/queries';
import { packageExportQuery } from '@/features/cashier/packages/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { today } from '@/lib/time';

/** Packages that were sold, and what of them was done. */
export const GET = staffExport({
  permission: 'bills:read',
  audit: 'packages.export',
  target: () => 'packages:all',
  query: packageExportQuery,
  name: (_query, day) => `packages-${day}`,
  rows: async (ctx) => {
    const columns = packageColumns(today(ctx.timeZone));
    return [headingsOf(columns), ...(await listAllPackages(ctx)).map((row) => cellsOf(columns, row))];
  },
});
