import 'server-only';
import { AppError } from '@/lib/errors';
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

/**
 * Under which numbers the hospital has billed in a month: branches in two states have two, and a return is of
 * one. None without a registration.
 */
export async function listRegistrations(ctx: TenantContext, month: Month, scope?: string): Promise<string[]> {
  const found = await billModel(ctx).distinct(
    'supplier.taxNumber',
    findOfMonth(ctx, month, scope).getFilter(),
  );
  return found.flatMap((number) => number || []).sort();
}

/**
 * The bills and credit notes of a month that were written under one registration, in order.
 * @param taxNumber which one, where there are several
 * @throws AppError INVALID_INPUT where there are several and none is named: they are in no return together.
 */
export async function billsOfMonth(
  ctx: TenantContext,
  month: Month,
  { scope, taxNumber }: { scope?: string; taxNumber?: string | undefined } = {},
): Promise<GstBill[]> {
  const all = await findOfMonth(ctx, month, scope)
    .select('kind number day totalMinor placeOfSupply supplier recipient ofBillId lines')
    .lean();
  const rows = all.filter(
    ({ supplier }) => supplier.taxNumber && (taxNumber ?? supplier.taxNumber) === supplier.taxNumber,
  );
  if (new Set(rows.map(({ supplier }) => supplier.taxNumber)).size > 1)
    throw new AppError(
      'INVALID_INPUT',
      'The bills of this month are of several registrations, and a return is of one. Choose it under Money reports.',
    );
  const ids = rows.flatMap(({ ofBillId }) => ofBillId ?? []);
  const before = await billModel(ctx)
    .find({ _id: op({ $in: ids }) })
    .select('totalMinor')
    .lean();
  const totalOf = new Map(before.map(({ _id, totalMinor }) => [_id.toString(), totalMinor]));
  return rows.map((row) => ({
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
