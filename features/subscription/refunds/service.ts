import 'server-only';
import { recipientsOf } from '@/features/subscription/billing/mails';
import { findCustomerId } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { enqueueMail } from '@/lib/mail/queue';
import { formatMoney } from '@/lib/money';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe, reach } from '@/lib/stripe/failures';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { refundLetter } from './mails';
import { centsOf, refundableCents } from './policy';
import { toPayment } from './queries';
import type { RefundPaymentInput } from './schema';

const field = 'amount';

/** A payment of this customer, as Stripe has it now; another's is not there. @throws AppError NOT_FOUND. */
async function readPayment(customerId: string, chargeId: string) {
  const charge = await reach(stripe().charges.retrieve(chargeId)).catch((error: unknown) => {
    if (isMissingAtStripe(error)) throw notFoundError('payment');
    throw error;
  });
  const owner = typeof charge.customer === 'string' ? charge.customer : charge.customer?.id;
  if (owner !== customerId) throw notFoundError('payment');
  return toPayment(charge);
}

/**
 * Gives back all or a part of a payment at Stripe, with the reason in the log and a mail to those who pay.
 * The same press gives back once: Stripe is asked under its key.
 * @returns what went back, in words.
 * @throws AppError NOT_FOUND, INVALID_INPUT on the amount, CONFLICT when it was given back meanwhile.
 */
export async function refundPayment(ctx: PlatformContext, input: RefundPaymentInput): Promise<string> {
  const { organizationId, chargeId, reason } = input;
  const customerId = await findCustomerId(organizationId);
  if (!customerId) throw notFoundError('payment');
  const payment = await readPayment(customerId, chargeId);
  const amount = centsOf(input.amount);
  const left = refundableCents(payment);
  if (!amount) throw new AppError('INVALID_INPUT', 'Enter how much goes back.', { field });
  if (left === 0)
    throw new AppError('CONFLICT', 'Nothing of this payment can go back any more. Look at it again.');
  if (amount > left)
    throw new AppError(
      'INVALID_INPUT',
      `At most ${formatMoney(left, payment.currency)} of this payment can go back.`,
      { field },
    );
  const idempotencyKey = `refund/${ctx.audit?.requestId ?? `${chargeId}/${payment.refundedCents}/${amount}`}`;
  const refund = await reach(
    stripe().refunds.create(
      {
        charge: chargeId,
        amount,
        reason: 'requested_by_customer',
        metadata: { reason, by: ctx.actor.name, organizationId },
      },
      { idempotencyKey },
    ),
    { away: 'Stripe cannot be reached right now. Look at the payment again before you press once more.' },
  );
  const words = formatMoney(amount, payment.currency);
  await tellPayers(ctx, input, refund.id, words);
  return words;
}

/** The money has gone: its entry in the log, the mails and the note to come are stored together. */
async function tellPayers(
  ctx: PlatformContext,
  { organizationId, chargeId, reason }: RefundPaymentInput,
  refundId: string,
  words: string,
): Promise<void> {
  const people = await recipientsOf(objectId(organizationId, 'organization'));
  await auditedMasterWrite(ctx, async (session) => {
    // Not "reason": under that name hospitals keep what is said of patients, which no log repeats.
    noteChange(ctx, { refunded: '', refundReason: '' }, { refunded: words, refundReason: reason }, [
      'refunded',
      'refundReason',
    ]);
    await enqueue('refund.credit', refundId, {}, { session });
    for (const person of people) {
      const key = `refund:${chargeId}:${ctx.audit?.requestId ?? ctx.requestId}:${person.email}`;
      await enqueueMail(key, refundLetter(person, words), { session, organizationId });
    }
  });
  wakeWorker();
}
