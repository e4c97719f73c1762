import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, isInRange, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { integer, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { newId } from '../ids';
import { makeRefund } from '../objects/charge';
import { idOf } from '../objects/subscription';

const listChargesInput = params<Stripe.ChargeListParams>()({
  ...paging,
  created: createdFilter,
  customer: text.optional(),
  payment_intent: text.optional(),
});

function listCharges(api: Api, input: unknown): object {
  const { created, customer, payment_intent: intent, ...cursor } = parse(listChargesInput, input);
  const charges = api.store
    .newest('charges')
    .filter((charge) => isInRange(charge.created, created))
    .filter((charge) => customer === undefined || charge.customer === customer)
    .filter((charge) => intent === undefined || charge.payment_intent === intent);
  return pageOf('/v1/charges', charges, 'charge', cursor);
}

const refundInput = params<Stripe.RefundCreateParams>()({
  amount: integer.pipe(z.number().min(1)).optional(),
  charge: text.optional(),
  payment_intent: text.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
});

function chargeOf(api: Api, data: z.output<typeof refundInput>): Stripe.Charge {
  if (data.charge) return find(api, 'charge', data.charge, 'charge');
  if (!data.payment_intent) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const found = api.store
    .newest('charges')
    .find((charge) => charge.payment_intent === data.payment_intent && charge.paid);
  if (!found) throw resourceMissing('payment_intent', data.payment_intent, 'payment_intent');
  return found;
}

/** Gives back all or a part of a payment; the invoice stays paid, as at Stripe. */
function createRefund(api: Api, input: unknown): Stripe.Refund {
  const data = parse(refundInput, input);
  const charge = chargeOf(api, data);
  if (!charge.paid) throw invalidRequest(`Charge ${charge.id} has not been paid.`, undefined, 'charge');
  const left = charge.amount - charge.amount_refunded;
  if (left === 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded');
  if (charge.disputed)
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      'charge_disputed',
    );
  const amount = data.amount ?? left;
  if (amount > left) {
    throw invalidRequest(
      `Refund amount ($${(amount / 100).toFixed(2)}) is greater than unrefunded amount on charge ($${(left / 100).toFixed(2)})`,
      undefined,
      'amount',
    );
  }
  const refund = makeRefund(charge, {
    amount,
    reason: data.reason ?? null,
    metadata: mergeMetadata({}, data.metadata),
  });
  const after: Stripe.Charge = {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  };
  api.store.put('refunds', refund.id, refund);
  api.store.put('charges', after.id, after);
  api.emit('refund.created', refund);
  api.emit('charge.refunded', after, { amount_refunded: charge.amount_refunded, refunded: charge.refunded });
  return refund;
}

/** The bank cannot take it: the amount is back on the balance, and the payment is as it was. */
export function failRefund(api: Api, _input: unknown, id: string): Stripe.Refund {
  const refund = find(api, 'refund', id);
  const charge = find(api, 'charge', refund.charge ? idOf(refund.charge) : '');
  const failed: Stripe.Refund = {
    ...refund,
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: newId('txn'),
  };
  const after = { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false };
  api.store.put('refunds', id, failed);
  api.store.put('charges', after.id, after);
  api.emit('refund.failed', failed);
  return failed;
}

const listRefundsInput = params<Stripe.RefundListParams>()({
  ...paging,
  created: createdFilter,
  charge: text.optional(),
  payment_intent: text.optional(),
});

function listRefunds(api: Api, input: unknown): object {
  const { created, charge, payment_intent: intent, ...cursor } = parse(listRefundsInput, input);
  const refunds = api.store
    .newest('refunds')
    .filter((refund) => isInRange(refund.created, created))
    .filter((refund) => charge === undefined || idOf(refund.charge ?? '') === charge)
    .filter((refund) => intent === undefined || refund.payment_intent === intent);
  return pageOf('/v1/refunds', refunds, 'refund', cursor);
}

export const chargeRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/charges', handle: listCharges },
  { method: 'GET', path: '/v1/charges/:id', handle: (api, _input, id) => find(api, 'charge', id) },
  { method: 'POST', path: '/v1/refunds', handle: createRefund },
  { method: 'GET', path: '/v1/refunds', handle: listRefunds },
  { method: 'GET', path: '/v1/refunds/:id', handle: (api, _input, id) => find(api, 'refund', id) },
];
