import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { claimColumns, outstandingColumns } from '@/features/cashier/claims/columns';
import { listOpenClaims, outstandingByPayer } from '@/features/cashier/claims/queries';
import { claimExportQuery } from '@/features/cashier/claims/schema';
import { staffExport } from '@/lib/actions/exports';
import { cellsOf, headingsOf } from '@/lib/columns';
import { today } from '@/lib/time';

const ALL = 100_000;

/** What payers owe, by payer and age or claim by claim. */
export const GET = staffExport({
  permission: 'bills:read',
  audit: 'claims.export',
  target: ({ by }) => `claims:${by}`,
  query: claimExportQuery,
  name: ({ by }, day) => `${by === 'claim' ? 'open-claims' : 'owed-by-payers'}-${day}`,
  rows: async (ctx, { by, payer }) => {
    const [{ currency }, outstanding] = await Promise.all([
      getBillSettings(ctx),
      outstandingByPayer(ctx, today(ctx.timeZone)),
    ]);
    if (by === 'payer') {
      const columns = outstandingColumns(currency.code);
      return [headingsOf(columns), ...outstanding.map((row) => cellsOf(columns, row))];
    }
    const columns = claimColumns(currency.code);
    const rows = [headingsOf(columns)] as ReturnType<typeof cellsOf>[];
    for (const { payerId } of outstanding.filter((row) => !payer || row.payerId === payer))
      rows.push(...(await listOpenClaims(ctx, payerId, ALL)).map((claim) => cellsOf(columns, claim)));
    return rows;
  },
});
