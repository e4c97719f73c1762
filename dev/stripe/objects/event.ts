import Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';

type EventOf<T extends Stripe.Event.Type> = Extract<Stripe.Event, { type: T }>;

/** What an event of this type carries, by the SDK's own union. */
export type EventObject<T extends Stripe.Event.Type> = EventOf<T>['data']['object'];
export type PreviousAttributes<T extends Stripe.Event.Type> = NonNullable<
  EventOf<T>['data']['previous_attributes']
>;

export const makeEvent = <T extends Stripe.Event.Type>(
  type: T,
  object: EventObject<T>,
  request: Stripe.Event.Request,
  pendingWebhooks: number,
  previous?: PreviousAttributes<T>,
): Stripe.EventBase => ({
  id: newId('evt'),
  object: 'event',
  api_version: Stripe.API_VERSION,
  created: nowSeconds(),
  data: { object, ...(previous ? { previous_attributes: previous } : {}) },
  livemode: false,
  pending_webhooks: pendingWebhooks,
  request,
  type,
});
