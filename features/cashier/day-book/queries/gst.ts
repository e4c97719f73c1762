import 'server-only';
import { op } from '@/lib/mongo';
import { inScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Month } from '@/lib/time';
import { billModel } from '../../bills/model';
import type { GstBill } from '../gst';
import { BY_DAY } from './rows';

/** The find behind the return; apart from it so that a test can ask how it is answered. */
export const findOfMonth = (ctx: TenantContext, month: Month, scope?: string) =>
  billModel(ctx)
    .find({ day: op({ $gte: `${month}-01`, $lte: `${month}-31` }), ...inScope(ctx, scope) })
    .sort(BY_DAY);

/** The bills and credit notes of a month under which a registration taxes were due or not, in order. */
export async function billsOfMonth(ctx: TenantContext, month: Month, scope?: string): Promise<GstBill[]> {
  const rows = await findOfMonth(ctx, month, scope)
    .select('kind number day totalMinor placeOfSupply supplier recipient ofBillId lines')
    .lean();
  const ids = rows.flatMap(({ ofBillId }) => ofBillId ?? []);
  const before = await billModel(ctx)
    .find({ _id: op({ $in: ids }) })
    .select('totalMinor')
    .lean();
  const totalOf = new Map(before.map(({ _id, totalMinor }) => [_id.toString(), totalMinor]));
  return rows
    .filter(({ supplier }) => supplier.taxNumber)
    .map((row) => ({
      ...{ kind: row.kind, number: row.number, day: row.day, totalMinor: row.totalMinor },
      placeOfSupply: row.placeOfSupply ?? null,
      supplierNumber: row.supplier.taxNumber ?? null,
      recipient: row.recipient ? { name: row.recipient.name, taxNumber: row.recipient.taxNumber } : null,
      ofTotalMinor: row.ofBillId ? (totalOf.get(row.ofBillId.toString()) ?? null) : null,
      lines: row.lines.map((line) => ({
        ...{ name: line.name, hsn: line.hsn ?? '', quantity: line.quantity },
        ...{ taxableMinor: line.taxableMinor, totalMinor: line.totalMinor },
        taxes: line.taxes.map(({ name, rateBp, amountMinor }) => ({ name, rateBp, amountMinor })),
      })),
    }));
}
