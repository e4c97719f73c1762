import 'server-only';
import type { ClientSession } from 'mongoose';
import { financialYearOf } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { dueDay, paperKey } from '@/features/pharmacy/goods-receipts/policy';
import { supplierReturnModel } from '@/features/pharmacy/supplier-returns/model';
import { DAYS_OF_A_CLAIM, NOTE_REASONS } from '@/features/pharmacy/supplier-returns/policy';
import { findCreditNotes } from '@/features/pharmacy/supplier-returns/queries';
import type { Supplier } from '@/features/pharmacy/suppliers/dto';
import { lockSupplier } from '@/features/pharmacy/suppliers/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { shiftDay, today } from '@/lib/time';
import { NOTE_KINDS } from '../policy';
import type { AddSupplierNoteInput } from '../schema';

type Sums = { totalMinor: number; taxMinor: number };

/**
 * Enters a note of a supplier for which nothing comes or goes back: a credit note waits to be set off, a
 * debit note to be paid. The stock stays as it is. The same press that arrives twice happens once.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT for a note that was entered already.
 */
export async function addSupplierNote(
  ctx: TenantContext,
  input: AddSupplierNoteInput,
  now = new Date(),
): Promise<{ supplierId: string; number: string }> {
  const { requestKey, kind, number } = input;
  const settings = await getBillSettings(ctx);
  const code = settings.currency.code;
  const totalMinor = minorIn(code, input.amount, 'amount');
  const taxMinor = input.tax === undefined ? 0 : minorIn(code, input.tax, 'tax');
  const refuse = (field: string, sentence: string) => new AppError('INVALID_INPUT', sentence, { field });
  if (totalMinor <= 0) throw refuse('amount', 'Enter the amount, above 0.');
  if (taxMinor >= totalMinor) throw refuse('tax', 'The tax is a part of the amount.');
  if (input.day > today(ctx.timeZone, now))
    throw refuse('day', 'The note is of a day to come. Check its date.');
  const done = { supplierId: input.supplierId, number };
  const save = () =>
    auditedWrite(ctx, async (session) => {
      // Touched first: of the same note that is entered twice at once, the second sees the first.
      const supplier = await lockSupplier(ctx, input.supplierId, session);
      const same = { requestKey };
      if (
        (await supplierReturnModel(ctx).exists(same).session(session)) ||
        (await goodsReceiptModel(ctx).exists(same).session(session))
      )
        return done;
      const year = financialYearOf(input.day, settings.yearStart);
      const of = { supplier, year, now, sums: { totalMinor, taxMinor }, currency: code };
      await (kind === 'credit' ? addCredit : addDebit)(ctx, session, input, of);
      ctx.audit?.about(`supplier:${supplier.id}`);
      noteChange<Record<string, unknown>>(
        ctx,
        null,
        {
          ...{ supplierName: supplier.name, kind: NOTE_KINDS[kind], number, totalMinor, taxMinor },
          reason: NOTE_REASONS[input.reason],
        },
        ['supplierName', 'kind', 'number', 'reason', 'totalMinor', 'taxMinor'],
      );
      return done;
    });
  try {
    return await save();
  } catch (error) {
    if (duplicateKey(error)) throw enteredAlready(input);
    throw error;
  }
}

const enteredAlready = ({ kind, number }: AddSupplierNoteInput): AppError =>
  new AppError('CONFLICT', `${NOTE_KINDS[kind]} ${number} of this supplier has been entered already.`, {
    field: 'number',
  });

type Of = { supplier: Supplier; year: string | number; now: Date; sums: Sums; currency: string };
const whoOf = (ctx: TenantContext) => ({
  byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
  byName: ctx.actor.name,
});

async function addCredit(
  ctx: TenantContext,
  session: ClientSession,
  input: AddSupplierNoteInput,
  { supplier, now, sums }: Of,
): Promise<void> {
  const { requestKey, day, reason, number: creditNote, note } = input;
  const supplierId = objectId(supplier.id, 'supplier');
  // Notes of other years may have its number; of the same day and number there is one. Of goods that went
  // back only the day is known on which they went, so their note is known by its number.
  const known = await findCreditNotes(ctx, supplier.id, { from: shiftDay(day, -DAYS_OF_A_CLAIM), to: day })
    .session(session)
    .lean();
  if (
    known.some(
      (one) =>
        paperKey(one.creditNote ?? '') === paperKey(creditNote) && (one.day === day || one.lines.length > 0),
    )
  )
    throw enteredAlready(input);
  await supplierReturnModel(ctx).create(
    [
      {
        ...{ _id: newObjectId(), requestKey, supplierId, supplierName: supplier.name, day, reason },
        ...{ lines: [], state: 'credited' as const, isOpen: false, version: 0, at: now, ...whoOf(ctx) },
        ...{ creditNote, creditedMinor: sums.totalMinor, creditedTaxMinor: sums.taxMinor },
        ...{ endedByName: ctx.actor.name, endedAt: now, ...(note ? { note } : {}) },
        number: `SR-${String(await nextNumber(ctx, 'supplier-returns', session)).padStart(6, '0')}`,
      },
    ],
    { session },
  );
}

async function addDebit(
  ctx: TenantContext,
  session: ClientSession,
  { requestKey, day, reason, number, note }: AddSupplierNoteInput,
  { supplier, year, now, sums, currency }: Of,
): Promise<void> {
  const { totalMinor, taxMinor } = sums;
  await goodsReceiptModel(ctx).create(
    [
      {
        ...{ requestKey, supplierId: objectId(supplier.id, 'supplier'), supplierName: supplier.name },
        ...{ invoiceNumber: number, invoiceDay: day, day: today(ctx.timeZone, now), isDebitNote: true },
        // Numbers of debit notes are counted apart from those of invoices.
        invoiceKey: `${year}:debit:${paperKey(number)}`,
        ...{ dueOn: dueDay(day, supplier.creditDays), lines: [], chargesMinor: 0, roundOffMinor: 0 },
        ...{ taxableMinor: totalMinor - taxMinor, taxMinor, totalMinor, isTaxClaimed: false, currency },
        note: [NOTE_REASONS[reason], note].filter(Boolean).join(': '),
        ...{ paidMinor: 0, dueMinor: totalMinor, isDue: true, at: now, ...whoOf(ctx) },
      },
    ],
    { session },
  );
}
