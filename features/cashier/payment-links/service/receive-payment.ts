import 'server-only';
import { branchIdOf } from '@/lib/branches';
import { formatAmount } from '@/lib/currency';
import { op } from '@/lib/mongo';
import { workAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { billModel } from '../../bills/model';
import type { Told } from '../../online-accounts/provider';
import { changePaid } from '../../payments/service';
import { type MoneyScope, writeMoney, writeReceipt } from '../../payments/service/write-receipt';
import { findClosedDay } from '../../shifts/queries';
import type { PaymentLinkRow } from '../dto';
import { paymentLinkModel } from '../model';
import { splitPaid } from '../policy';

export type Received = PaymentLinkRow | 'day-is-closed';

/**
 * Writes down what was paid by a link: a receipt for what is due of its bill, and an advance for what is too
 * much, in one transaction with the link's end. Once, whatever repeats. On a day that is closed nothing is
 * entered: it is received on the next one.
 */
export async function receivePayment(
  given: TenantContext,
  link: PaymentLinkRow,
  { amountMinor, currency, paymentId }: Told,
): Promise<Received> {
  // The receipt is of the branch of its bill, with its number and in its day.
  const bill = await billModel(given).findById(link.billId).select('branchId').orFail().lean();
  const ctx = workAt(given, branchIdOf(bill));
  if (amountMinor !== link.amountMinor || currency !== link.currency || !paymentId)
    return setUnclear(
      ctx,
      link,
      amountMinor === null ? currency : formatAmount(amountMinor, { code: currency, locale: 'en-IN' }),
    );
  if (await findClosedDay(ctx, today(ctx.timeZone))) {
    await paymentLinkModel(ctx).updateOne(
      { _id: link._id, isOpen: true },
      {
        $set: {
          state: 'processing',
          problem: 'It is paid. Today is closed: its receipt is written tomorrow.',
        },
      },
    );
    return 'day-is-closed';
  }
  const { _id } = link;
  const paid = { amountMinor, paymentId };
  return writeMoney(
    ctx,
    () => paymentLinkModel(ctx).findOne({ _id, state: 'paid' }).lean(),
    (scope) => enter(ctx, link, paid, scope),
  );
}

async function enter(
  ctx: TenantContext,
  { _id, billId }: PaymentLinkRow,
  { amountMinor, paymentId }: { amountMinor: number; paymentId: string },
  scope: MoneyScope,
): Promise<PaymentLinkRow> {
  const { session, at } = scope;
  await billModel(ctx).updateOne({ _id: billId, linkId: _id }, { $unset: { linkId: '' } }, { session });
  const bill = await billModel(ctx).findById(billId).session(session).orFail().lean();
  const { toBillMinor, overMinor } = splitPaid(amountMinor, bill.dueMinor);
  const link = await paymentLinkModel(ctx)
    .findOneAndUpdate(
      { _id, state: op({ $ne: 'paid' as const }) },
      {
        $set: { state: 'paid', paidMinor: amountMinor, paymentId, paidAt: at, overMinor },
        $unset: { isOpen: '', problem: '', endReason: '', endedAt: '', endedByName: '' },
      },
      { session, returnDocument: 'after' },
    )
    .lean();
  // Another process was first with the same payment.
  if (!link) return paymentLinkModel(ctx).findById(_id).session(session).orFail().lean();
  const tender = { method: 'online' as const, reference: paymentId, refundedMinor: 0 };
  const of = {
    patientId: bill.patientId,
    patient: { name: bill.patient.name, number: bill.patient.number },
  };
  if (overMinor > 0)
    await writeReceipt(
      ctx,
      {
        ...{ kind: 'advance', ...of, tenders: [{ ...tender, amountMinor: overMinor }] },
        ...{ leftMinor: overMinor, isHeld: true },
        reason: `Paid online for bill ${bill.number}, which was due no more`,
        referenceKeys: [`online-over:${paymentId}`],
      },
      scope,
    );
  if (toBillMinor > 0) {
    await changePaid(ctx, billId, toBillMinor, scope);
    await writeReceipt(
      ctx,
      {
        ...{ kind: 'payment', ...of, tenders: [{ ...tender, amountMinor: toBillMinor }] },
        ...{ billId, billNumber: bill.number, referenceKeys: [`online:${paymentId}`] },
      },
      scope,
    );
  }
  return link;
}

/** What was paid is not what was asked for: nothing is guessed, and a person sees it. */
async function setUnclear(ctx: TenantContext, { _id }: PaymentLinkRow, shown: string): Promise<Received> {
  const problem = `${shown} was paid, which is not what the link asked for. Look at it at the provider.`;
  return paymentLinkModel(ctx)
    .findOneAndUpdate(
      { _id },
      { $set: { state: 'unclear', isOpen: true, problem } },
      { returnDocument: 'after' },
    )
    .orFail()
    .lean();
}
