import { eachMedicine } from '@/features/pharmacy/medicines/queries';
import { FORMS } from '@/features/pharmacy/medicines/schema';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

const HEADINGS = [
  'Name',
  'Generic name',
  'Strength',
  'Form',
  'Unit',
  'On hand',
  'Reorder level',
  'Next expiry',
  'Price',
];

/** The formulary with its stock as CSV, streamed. */
export const GET = staffRoute('medicines:read', async (ctx) => {
  await recordAudit(ctx, { action: 'medicine.export' });
  return csvResponse(`medicines-${today(ctx.timeZone)}.csv`, lines(ctx));
});

async function* lines(ctx: TenantContext): AsyncGenerator<string> {
  yield csvLine(HEADINGS);
  for await (const one of eachMedicine(ctx)) {
    yield csvLine([
      one.name,
      one.genericName,
      one.strength,
      FORMS[one.form],
      one.unit,
      one.onHand,
      one.reorderLevel,
      one.nextExpiry,
      one.priceCents === null ? null : (one.priceCents / 100).toFixed(2),
    ]);
  }
}
