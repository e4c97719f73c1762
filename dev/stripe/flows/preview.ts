import type Stripe from 'stripe';
import type { Api } from '../api';
import { atTime, newId } from '../ids';
import { idOf, periodEndOf } from '../objects/subscription';
import { advanceSchedule } from './schedules';
import { renew } from './subscriptions';

/** An invoice as it would be; it has no number and nothing of it is kept. */
function asPreview(invoice: Stripe.Invoice, nextAttempt: number): Stripe.Invoice {
  return {
    ...invoice,
    id: newId('upcoming_in'),
    status: 'draft',
    number: null,
    amount_paid: 0,
    amount_remaining: invoice.amount_due,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    next_payment_attempt: nextAttempt,
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}

/** The invoice that a change would make, else the one of the next renewal; null when there will be none. */
export function upcomingInvoice(
  api: Api,
  subscription: Stripe.Subscription,
  change: (before: Stripe.Subscription) => Stripe.Subscription = (before) => before,
): Stripe.Invoice | null {
  return api.store.tryOut(() => {
    const latest = subscription.latest_invoice && idOf(subscription.latest_invoice);
    const changed = change(subscription);
    const made = changed.latest_invoice && idOf(changed.latest_invoice);
    const invoice = made && made !== latest ? api.store.get('invoices', made) : undefined;
    if (invoice) return asPreview(invoice, invoice.created);
    const end = periodEndOf(changed);
    return atTime(end, () => {
      const renewed = renew(api, advanceSchedule(api, changed));
      const next = renewed.latest_invoice && idOf(renewed.latest_invoice);
      const upcoming = next && next !== latest ? api.store.get('invoices', next) : undefined;
      return upcoming ? asPreview(upcoming, end + 3_600) : null;
    });
  });
}
