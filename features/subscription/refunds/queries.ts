import 'server-only';
import type Stripe from 'stripe';
import { type InvoiceRow, listInvoices } from '@/features/subscription/plan-changes/queries';
import { findCustomerId, READ } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { logger } from '@/lib/logger';
import { stripe } from '@/lib/stripe/client';
import { isOutOfReach } from '@/lib/stripe/failures';
import type { CustomerPayment } from './policy';

const SHOWN = 20;

/** Stripe's own list; a word that it adds is not paid yet. */
function statusOf({ status }: Stripe.Charge): CustomerPayment['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' ? 'failed' : 'pending';
}

export const toPayment = (charge: Stripe.Charge): CustomerPayment => ({
  id: charge.id,
  at: new Date(charge.created * 1_000).toISOString(),
  amountCents: charge.amount,
  refundedCents: charge.amount_refunded,
  currency: charge.currency,
  status: statusOf(charge),
  failure: charge.failure_message,
  isDisputed: charge.disputed,
});

export type CustomerMoney = { payments: CustomerPayment[]; invoices: InvoiceRow[] };

/**
 * A customer's last payments and invoices, as Stripe has them now; null when it cannot be asked.
 * @throws AppError NOT_FOUND.
 */
export async function getCustomerMoney(
  _ctx: PlatformContext,
  organizationId: string,
): Promise<CustomerMoney | null> {
  const customer = await findCustomerId(organizationId);
  if (!customer) return { payments: [], invoices: [] };
  try {
    const [charges, invoices] = await Promise.all([
      stripe().charges.list({ customer, limit: SHOWN }, READ),
      listInvoices({ organizationId }, { after: undefined, before: undefined }),
    ]);
    return invoices && { payments: charges.data.map(toPayment), invoices: invoices.rows };
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    logger.warn(
      { err: error, organizationId },
      'Stripe cannot be reached; the customer’s money is not shown',
    );
    return null;
  }
}
