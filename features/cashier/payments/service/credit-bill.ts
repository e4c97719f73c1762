import 'server-only';
import { noteChange } from '@/lib/audit/changes';
import { branchIdOf, branchNameOf } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { creditAmounts, creditTotals } from '../../bills/amounts';
import { type Bill, type BillRow, toBill } from '../../bills/dto';
import { billModel } from '../../bills/model';
import type { CreditBillInput } from '../../bills/schema';
import { creditByHand, findByKey, supplierOf } from '../../bills/service';
import { takeNumber } from '../../bills/service/number';
import { billIncluded, creditCharge } from '../../charges/service';
import { releaseClaims } from '../../claims/service';
import { endPackages } from '../../packages/service';
import { actorIdOf } from '../../shifts/queries';
import { enterDay } from '../../shifts/service';
import type { Receipt, ReceiptRow } from '../dto';
import { receiptModel } from '../model';
import { lookAtLink } from './ask-refunds';
import { giveBack } from './give-back';
import { changePaid } from './take-payment';
import { findReceiptByKey, type MoneyScope, writeMoney, writeReceipt } from './write-receipt';

export type Credited = { note: Bill; refund: Receipt | null };

/** The refund of a credit note has a key of its own, made of the note's. */
const refundKeyOf = (requestKey: string): string => `${requestKey}-refund`;

/**
 * Takes pieces of a bill back under a credit note, at the prices and taxes that they were billed with, and
 * gives back what was paid for them, each part the way it came. One transaction: both or neither.
 * @throws AppError NOT_FOUND, CONFLICT for more pieces than are left, or without a shift where money goes
 * back.
 */
export async function creditBill(ctx: TenantContext, input: CreditBillInput): Promise<Credited> {
  const billId = objectId(input.billId, 'bill');
  return writeMoney(
    ctx,
    async () => {
      const note = await findByKey(ctx, input.requestKey);
      if (!note) return null;
      assertSameNote(note, input);
      const isOfNote = ({ creditNoteId }: ReceiptRow) => creditNoteId?.toString() === note.id;
      return { note, refund: await findReceiptByKey(ctx, refundKeyOf(input.requestKey), isOfNote) };
    },
    async (scope) => {
      const { session } = scope;
      // Touched first, so that two credits of one bill come one after the other.
      const bill = await billModel(ctx)
        .findOneAndUpdate(
          { _id: billId, kind: 'bill' },
          { $set: { updatedAt: scope.at } },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!bill) throw notFoundError('bill');
      // A note is of the registration and the series of its bill.
      if (branchIdOf(bill) !== ctx.branch.id)
        throw new AppError(
          'CONFLICT',
          `This bill is of ${branchNameOf(ctx, branchIdOf(bill))}. Take services back there.`,
        );
      lookAtLink(ctx, bill, scope);
      const note = await writeNote(ctx, bill, input, scope);
      const after = await billModel(ctx).findById(billId).session(session).orFail().lean();
      const overMinor = Math.min(-after.dueMinor, after.paidMinor);
      const refund = overMinor > 0 ? await refundBill(ctx, after, note, overMinor, input, scope) : null;
      return { note, refund };
    },
  );
}

/** Going back in the browser brings the page with its key again: what was changed there is another note. */
function assertSameNote({ ofBillId, number, lines }: Bill, { billId, lines: wanted }: CreditBillInput): void {
  const piecesOf = (all: readonly { quantity: number }[]) =>
    all.reduce((sum, { quantity }) => sum + quantity, 0);
  if (ofBillId === billId && piecesOf(lines) === piecesOf(wanted)) return;
  throw new AppError('CONFLICT', `${number} was written from this page already. Open the bill again.`);
}

type OwnLine = { totalMinor: number; isNotPayable?: boolean | null | undefined };

const payableOf = (lines: readonly OwnLine[]): number =>
  lines.reduce((sum, { totalMinor, isNotPayable }) => sum + (isNotPayable ? 0 : totalMinor), 0);

/** What taking back all that is left of a line would give, below zero. */
const leftOfLine = (line: BillRow['lines'][number]): OwnLine => ({
  ...creditAmounts(line, line.quantity - line.creditedQuantity),
  isNotPayable: line.isNotPayable,
});

async function writeNote(
  ctx: TenantContext,
  bill: BillRow,
  input: CreditBillInput,
  scope: MoneyScope,
): Promise<Bill> {
  const { session, settings, at, day } = scope;
  const wanted = new Map<number, number>();
  for (const { line, quantity } of input.lines) wanted.set(line, (wanted.get(line) ?? 0) + quantity);
  const lines = [...wanted].map(([index, quantity]) => {
    const line = bill.lines[index];
    if (!line || quantity > line.quantity - line.creditedQuantity)
      throw new AppError('CONFLICT', 'More is taken back than is left of a line. Open the bill again.', {
        field: `lines.${input.lines.findIndex((one) => one.line === index)}.quantity`,
      });
    const { serviceId, medicineId, chargeId, code, name, group, consultation, isFree, hsn } = line;
    const { unitMinor, isInclusive, isNotPayable } = line;
    return {
      ...(serviceId ? { serviceId } : {}),
      ...(medicineId ? { medicineId } : {}),
      ...(chargeId ? { chargeId } : {}),
      ...{ code, name, group, isFree, hsn, unitMinor, isInclusive, quantity, creditedQuantity: 0 },
      ...(consultation ? { consultation } : {}),
      ...(isNotPayable ? { isNotPayable } : {}),
      ...(line.lots ? { lots: line.lots.map(({ lotNumber, expiresOn }) => ({ lotNumber, expiresOn })) } : {}),
      ...creditAmounts(line, quantity),
      index,
    };
  });
  const isLast = bill.lines.every(
    (line, index) => line.creditedQuantity + (wanted.get(index) ?? 0) === line.quantity,
  );
  const leftMinor = bill.totalMinor - bill.creditedMinor;
  const totals = creditTotals(lines, { leftMinor, isLast, step: bill.roundStep });
  const credited = -totals.totalMinor;
  for (const { index, quantity, ...line } of lines) {
    await billModel(ctx).updateOne(
      { _id: bill._id },
      { $inc: { [`lines.${index}.creditedQuantity`]: quantity } },
      { session },
    );
    if ('serviceId' in line && line.serviceId) {
      const of = { billId: bill._id, serviceId: line.serviceId, pieces: quantity };
      await billIncluded(ctx, await endPackages(ctx, of, session), session);
    }
    if (!('chargeId' in line) || !line.chargeId) {
      await creditByHand(ctx, bill, { ...line, pieces: quantity }, session);
      continue;
    }
    const billed = bill.lines[index];
    const isWhole = billed !== undefined && billed.creditedQuantity + quantity === billed.quantity;
    await creditCharge(ctx, line.chargeId, { pieces: quantity, isWhole }, session);
  }
  // Each bears its part of what is taken back, and the last piece what is left of both. Of a line that the
  // payer does not pay for nothing is the payer's.
  const payerMinor = bill.payerMinor ?? 0;
  const [payable, payableLeft] = bill.lines.some(({ isNotPayable }) => isNotPayable)
    ? [0 - payableOf(lines), 0 - payableOf(bill.lines.map(leftOfLine))]
    : [credited, leftMinor];
  const ofPayer = isLast
    ? payerMinor
    : payableLeft > 0
      ? divideRounded(BigInt(payable) * BigInt(payerMinor), BigInt(payableLeft))
      : 0;
  await releaseClaims(ctx, bill._id, { minor: ofPayer, what: 'Services taken back', at }, session);
  const dueMinor = bill.dueMinor - (credited - ofPayer);
  await billModel(ctx).updateOne(
    { _id: bill._id },
    {
      $inc: {
        ...{ creditedMinor: credited, dueMinor: ofPayer - credited },
        ...{ payerMinor: 0 - ofPayer, payerDueMinor: 0 - ofPayer },
      },
      $set: { isDue: dueMinor > 0, isCredited: isLast },
    },
    { session },
  );
  await enterDay(ctx, day, session);
  const _id = newObjectId();
  const { patientId, patient, visitId, doctorId, doctorName } = bill;
  const row = {
    _id,
    kind: 'credit-note' as const,
    ...storedAt(ctx.branch),
    day,
    at,
    patientId,
    patient: { name: patient.name, number: patient.number },
    ...(visitId ? { visitId } : {}),
    ...(doctorId ? { doctorId } : {}),
    ...(doctorName ? { doctorName } : {}),
    ...totals,
    lines: lines.map(({ index: _, ...line }) => line),
    currency: bill.currency,
    roundStep: bill.roundStep,
    supplier: supplierOf(settings, bill.supplier.licences),
    ...(bill.placeOfSupply ? { placeOfSupply: bill.placeOfSupply } : {}),
    ...(bill.recipient ? { recipient: bill.recipient } : {}),
    ofBillId: bill._id,
    ofBillNumber: bill.number,
    reason: input.reason,
    ...{ paidMinor: 0, creditedMinor: 0, dueMinor: 0, isDue: false, isCredited: false, prints: 0 },
    requestKey: input.requestKey,
    byUserId: actorIdOf(ctx),
    byName: ctx.actor.name,
    number: await takeNumber(ctx, settings, { kind: 'credit-note', day }, session),
  };
  await billModel(ctx).create([row], { session });
  ctx.audit?.about(`bill:${bill._id}`);
  noteChange<Record<string, unknown>>(ctx, null, row, ['number', 'totalMinor', 'ofBillNumber']);
  return toBill(await billModel(ctx).findById(_id).session(session).orFail().lean());
}

async function refundBill(
  ctx: TenantContext,
  bill: BillRow,
  note: Bill,
  amountMinor: number,
  input: CreditBillInput,
  scope: MoneyScope,
): Promise<Receipt> {
  const paid = await receiptModel(ctx)
    .find({ billId: bill._id, kind: 'payment' })
    .sort({ at: -1, _id: -1 })
    .session(scope.session)
    .lean();
  const { tenders, missingMinor } = await giveBack(ctx, paid, amountMinor, scope);
  // The sums of a bill and its receipts are written together; that they disagree is a bug, not a refund.
  if (missingMinor > 0) throw new Error(`Bill ${bill.number} has no receipts for what it says was paid`);
  await changePaid(ctx, bill._id, -amountMinor, scope);
  const { patientId, patient } = bill;
  return writeReceipt(
    ctx,
    {
      kind: 'refund',
      patientId,
      patient: { name: patient.name, number: patient.number },
      tenders,
      ...{ billId: bill._id, billNumber: bill.number },
      ...{ creditNoteId: objectId(note.id), creditNoteNumber: note.number },
      reason: input.reason,
      requestKey: refundKeyOf(input.requestKey),
    },
    scope,
  );
}
