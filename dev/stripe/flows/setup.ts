import type Stripe from 'stripe';
import { type Api, findCustomer } from '../api';
import type { CardDetails } from '../cards';
import { cardError } from '../errors';
import { makePaymentMethod } from '../objects/payment-method';
import { makeSetupIntent } from '../objects/setup-intent';
import { idOf } from '../objects/subscription';
import type { CheckoutRecord } from '../store';

/**
 * Saves a card for later: payment method and setup intent. Whose default it becomes is for the app to say, as
 * at Stripe.
 */
export function completeSetup(api: Api, record: CheckoutRecord, card: CardDetails): Stripe.Checkout.Session {
  const { session } = record;
  if (card.behavior === 'declined')
    throw cardError('Your card was declined.', 'card_declined', 'generic_decline');
  const customer = findCustomer(api, session.customer ? idOf(session.customer) : '', 'customer');
  const method = makePaymentMethod(customer.id, card, customer.email);
  const intent = makeSetupIntent(customer.id, method.id, record.subscriptionMetadata);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);
  api.store.put('setupIntents', intent.id, intent);
  api.emit('setup_intent.succeeded', intent);
  const complete: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    setup_intent: intent.id,
    url: null,
  };
  api.store.put('checkouts', session.id, { ...record, session: complete, waitingCard: null });
  api.emit('checkout.session.completed', complete);
  return complete;
}
