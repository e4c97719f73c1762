import 'server-only';
import { goodsReceiptModel, supplierPaymentModel } from '@/features/pharmacy/goods-receipts/model';
import { SUPPLIER_METHODS } from '@/features/pharmacy/goods-receipts/policy';
import { toSupplierReturn } from '@/features/pharmacy/supplier-returns/dto';
import { supplierReturnModel } from '@/features/pharmacy/supplier-returns/model';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, shiftDay, today } from '@/lib/time';
import { type AccountEntry, statementOf } from './policy';
import type { StatementQuery } from './schema';

/** More than a supplier sends in ten years. */
const MOST_ENTRIES = 10_000;
const USUAL_DAYS = 90;

/** The find behind the invoices of a supplier. */
export const findInvoices = (ctx: TenantContext, supplierId: string) =>
  goodsReceiptModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier') })
    .sort({ invoiceDay: 1, _id: 1 })
    .limit(MOST_ENTRIES)
    .select('invoiceDay invoiceNumber isDebitNote totalMinor dueMinor');

/** The find behind what a supplier was paid: money, and what was set off. */
export const findPaid = (ctx: TenantContext, supplierId: string) =>
  supplierPaymentModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier') })
    .sort({ day: 1, _id: 1 })
    .limit(MOST_ENTRIES);

/** The find behind what a supplier has credited. */
export const findCredits = (ctx: TenantContext, supplierId: string) =>
  supplierReturnModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier'), state: 'credited' })
    .sort({ _id: 1 })
    .limit(MOST_ENTRIES);

/** What is owed to a supplier over some days, entry by entry. @throws AppError NOT_FOUND. */
export async function getStatement(ctx: TenantContext, supplierId: string, query: StatementQuery) {
  const supplier = await getSupplier(ctx, supplierId);
  const [invoices, payments, credits] = await Promise.all([
    findInvoices(ctx, supplierId).lean(),
    findPaid(ctx, supplierId).lean(),
    findCredits(ctx, supplierId).lean(),
  ]);
  const to = query.to ?? today(ctx.timeZone);
  const from = query.from ?? shiftDay(to, -USUAL_DAYS);
  const entries: AccountEntry[] = [
    ...invoices.map(({ invoiceDay, invoiceNumber, isDebitNote, totalMinor }) => ({
      ...{ day: invoiceDay, reference: invoiceNumber, amountMinor: totalMinor },
      kind: isDebitNote ? ('debit' as const) : ('invoice' as const),
    })),
    ...payments.flatMap(({ day, method, reference, amountMinor }) =>
      method === 'credit'
        ? []
        : [
            {
              ...{ day, kind: 'payment' as const, amountMinor },
              reference: [SUPPLIER_METHODS[method], reference].filter(Boolean).join(', '),
            },
          ],
    ),
    ...credits.map(({ day, lines, endedAt, at, creditNote, number, creditedMinor }) => ({
      // Of a note without goods its own day is known.
      day: lines.length === 0 ? day : dayOf(endedAt ?? at, ctx.timeZone),
      kind: 'credit' as const,
      ...{ reference: `${creditNote ?? ''} (${number})`, amountMinor: creditedMinor ?? 0 },
    })),
  ];
  return { supplier, from, to, statement: statementOf(entries, { from, to }) };
}
export type SupplierStatement = Awaited<ReturnType<typeof getStatement>>;

/** What of a supplier's credit notes is not used yet, and the invoices that are still to be paid. */
export async function listToSetOff(ctx: TenantContext, supplierId: string) {
  const [credits, invoices] = await Promise.all([
    findCredits(ctx, supplierId).lean(),
    goodsReceiptModel(ctx)
      .find({ supplierId: objectId(supplierId, 'supplier'), dueMinor: op({ $gt: 0 }) })
      .sort({ invoiceDay: 1, _id: 1 })
      .limit(MOST_ENTRIES)
      .lean(),
  ]);
  return {
    credits: credits
      .map(toSupplierReturn)
      .map(({ id, number, creditNote, creditedMinor, usedMinor, version }) => ({
        ...{ id, number, creditNote, version, creditedMinor: creditedMinor ?? 0 },
        leftMinor: (creditedMinor ?? 0) - usedMinor,
      }))
      .filter(({ leftMinor }) => leftMinor > 0),
    invoices: invoices.map(({ _id, invoiceNumber, invoiceDay, dueMinor }) => ({
      ...{ id: _id.toString(), invoiceNumber, invoiceDay, dueMinor },
    })),
  };
}
export type ToSetOff = Awaited<ReturnType<typeof listToSetOff>>;
