import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { BillSettings } from '../../bill-settings/dto';
import { minorIn } from '../../bill-settings/service';
import { billModel } from '../../bills/model';
import { COUNTER_METHODS } from '../../shifts/policy';
import type { Receipt, ReceiptRow } from '../dto';
import { receiptModel } from '../model';
import { type Tender, tenderProblem } from '../policy';
import type { TakePaymentInput } from '../schema';
import { lookAtLink } from './ask-refunds';
import {
  countCash,
  ensureCashDay,
  findReceiptByKey,
  type MoneyScope,
  referencesOf,
  storedTender,
  writeMoney,
  writeReceipt,
} from './write-receipt';

type Id = Types.ObjectId;

/** What was typed, as parts of a payment in the smallest unit. */
function tendersOf(input: TakePaymentInput, currency: string): Tender[] {
  return COUNTER_METHODS.flatMap((method): Tender[] => {
    const typed = input[method];
    if (typed === undefined) return [];
    const tender: Tender = { method, amountMinor: minorIn(currency, typed, method) };
    if (method === 'cash')
      tender.tenderedMinor =
        input.cashTendered === undefined ? undefined : minorIn(currency, input.cashTendered, 'cashTendered');
    else if (method === 'advance') tender.advanceId = input.advanceId;
    else tender.reference = input[`${method}Reference`];
    return [tender];
  });
}

/**
 * Takes a payment of a bill by one way or several, into one's own shift, under the next number of receipts.
 * The bill's balance is changed in the same transaction and only if it still holds so much.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT: too much, no shift, cash limit, a reference taken
 * before.
 */
export async function takePayment(ctx: TenantContext, input: TakePaymentInput): Promise<Receipt> {
  const billId = objectId(input.billId, 'bill');
  const before = await billModel(ctx).findById(billId).select('patientId').lean();
  if (!before) throw notFoundError('bill');
  await ensureCashDay(ctx, before.patientId);
  return writeMoney(
    ctx,
    () => findReceiptByKey(ctx, input.requestKey, (row) => isSamePayment(row, billId, input)),
    async (scope) => {
      const { session, settings } = scope;
      const bill = await billModel(ctx).findById(billId).session(session).orFail().lean();
      const tenders = tendersOf(input, settings.currency.code);
      assertTenders(tenders, bill.dueMinor, settings);
      const amount = tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      await changePaid(ctx, billId, amount, scope);
      const advances = new Map<Tender, Id>();
      for (const tender of tenders)
        if (tender.method === 'advance')
          advances.set(tender, await spendAdvance(ctx, bill.patientId, tender, session));
      const cash = tenders.find(({ method }) => method === 'cash')?.amountMinor ?? 0;
      await countCash(ctx, bill.patientId, cash, scope);
      return writeReceipt(
        ctx,
        {
          kind: 'payment',
          patientId: bill.patientId,
          patient: { name: bill.patient.name, number: bill.patient.number },
          tenders: tenders.map((one) => storedTender(one, advances.get(one))),
          ...{ billId, billNumber: bill.number, requestKey: input.requestKey },
          ...referencesOf(tenders),
        },
        scope,
      );
    },
  );
}

function isSamePayment(
  { kind, billId, tenders, currency }: ReceiptRow,
  of: Id,
  input: TakePaymentInput,
): boolean {
  const partsOf = (all: readonly { method: string; amountMinor: number }[]) =>
    JSON.stringify(all.map(({ method, amountMinor }) => [method, amountMinor]).sort());
  const isOfBill = kind === 'payment' && billId?.equals(of) === true;
  return isOfBill && partsOf(tenders) === partsOf(tendersOf(input, currency));
}

/** @throws AppError INVALID_INPUT on the field of the part that is wrong. */
function assertTenders(tenders: readonly Tender[], dueMinor: number, { currency }: BillSettings): void {
  if (dueMinor <= 0) throw new AppError('CONFLICT', 'Nothing is due on this bill.');
  if (tenders.length === 0) throw new AppError('INVALID_INPUT', 'Enter what is paid.', { field: 'cash' });
  const problem = tenderProblem(tenders, dueMinor, currency);
  if (!problem) return;
  const method = tenders[problem.index]?.method ?? 'cash';
  const isReference = /reference|slip|number of the cheque/i.test(problem.sentence);
  const field = problem.isTendered
    ? 'cashTendered'
    : isReference
      ? `${method}Reference`
      : method === 'advance' && /Choose/.test(problem.sentence)
        ? 'advanceId'
        : method;
  const more = /more than/.test(problem.sentence) ? ` ${formatAmount(dueMinor, currency)} is due.` : '';
  throw new AppError('INVALID_INPUT', `${problem.sentence}${more}`, { field });
}

/**
 * Raises what is paid of a bill, or lowers it by a refund, and what follows from it.
 * @throws AppError CONFLICT when less is due: somebody else took a payment meanwhile.
 */
export async function changePaid(
  ctx: TenantContext,
  billId: Id,
  paidMinor: number,
  scope: MoneyScope,
): Promise<void> {
  const { session } = scope;
  const filter = paidMinor > 0 ? { _id: billId, dueMinor: op({ $gte: paidMinor }) } : { _id: billId };
  const row = await billModel(ctx)
    .findOneAndUpdate(
      filter,
      { $inc: { paidMinor, dueMinor: -paidMinor } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw new AppError('CONFLICT', 'This bill has been paid meanwhile. Open it again.');
  lookAtLink(ctx, row, scope);
  const isDue = row.dueMinor > 0;
  if (isDue !== row.isDue) await billModel(ctx).updateOne({ _id: billId }, { $set: { isDue } }, { session });
}

/** Takes from what a patient paid in advance. @throws AppError CONFLICT when there is less left. */
async function spendAdvance(
  ctx: TenantContext,
  patientId: Id,
  tender: Tender,
  session: ClientSession,
): Promise<Id> {
  const _id = objectId(tender.advanceId ?? '', 'advance');
  const row = await receiptModel(ctx)
    .findOneAndUpdate(
      { _id, patientId, kind: 'advance', leftMinor: op({ $gte: tender.amountMinor }) },
      { $inc: { leftMinor: -tender.amountMinor } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row)
    throw new AppError('CONFLICT', 'There is not that much left of this advance.', { field: 'advance' });
  if (row.leftMinor === 0)
    await receiptModel(ctx).updateOne({ _id }, { $set: { isHeld: false } }, { session });
  return _id;
}
