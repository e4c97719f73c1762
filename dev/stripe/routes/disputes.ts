import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, isInRange, pageOf } from '../api';
import { invalidRequest } from '../errors';
import { boolean, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { makeDispute } from '../objects/dispute';
import { idOf } from '../objects/subscription';

/** Stripe's test evidence: these words decide what the bank says. */
const VERDICT: Record<string, 'won' | 'lost'> = { winning_evidence: 'won', losing_evidence: 'lost' };
const OPEN: readonly string[] = [
  'needs_response',
  'under_review',
  'warning_needs_response',
  'warning_under_review',
];

/** A cardholder denies a payment; nothing in Stripe's API does that, so it is asked for by the control. */
export function openDispute(api: Api, input: unknown, id: string): Stripe.Dispute {
  const data = parse(
    z.strictObject({ reason: z.string().optional(), amount: z.number().int().optional() }),
    input,
  );
  const charge = find(api, 'charge', id);
  if (!charge.paid || charge.disputed || charge.refunded)
    throw invalidRequest('Only a payment that stands can be disputed.', undefined, 'charge');
  const dispute = makeDispute(charge, data.reason ?? 'fraudulent', data.amount ?? charge.amount);
  api.store.put('disputes', dispute.id, dispute);
  api.store.put('charges', charge.id, { ...charge, disputed: true });
  api.emit('charge.dispute.created', dispute);
  api.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

function settle(api: Api, dispute: Stripe.Dispute, status: 'won' | 'lost'): Stripe.Dispute {
  const after: Stripe.Dispute = { ...dispute, status };
  api.store.put('disputes', after.id, after);
  api.emit('charge.dispute.closed', after);
  if (status === 'won') api.emit('charge.dispute.funds_reinstated', after);
  return after;
}

function close(api: Api, _input: unknown, id: string): Stripe.Dispute {
  const dispute = find(api, 'dispute', id);
  if (!OPEN.includes(dispute.status)) throw invalidRequest('This dispute is already closed');
  return settle(api, dispute, 'lost');
}

const updateInput = params<Stripe.DisputeUpdateParams>()({
  evidence: z.strictObject({ uncategorized_text: text.optional() }).optional(),
  metadata: metadata.optional(),
  submit: boolean.optional(),
});

function update(api: Api, input: unknown, id: string): Stripe.Dispute {
  const { evidence, metadata: change, submit = true } = parse(updateInput, input);
  const before = find(api, 'dispute', id);
  if (evidence && !OPEN.includes(before.status)) throw invalidRequest('This dispute is already closed');
  const words = evidence?.uncategorized_text ?? before.evidence.uncategorized_text;
  const dispute: Stripe.Dispute = {
    ...before,
    evidence: { ...before.evidence, uncategorized_text: words },
    evidence_details: {
      ...before.evidence_details,
      has_evidence: Boolean(words),
      submission_count: before.evidence_details.submission_count + (evidence && submit ? 1 : 0),
    },
    metadata: mergeMetadata(before.metadata, change),
    status: evidence && submit ? 'under_review' : before.status,
  };
  api.store.put('disputes', id, dispute);
  api.emit('charge.dispute.updated', dispute);
  const verdict = evidence && submit ? VERDICT[words ?? ''] : undefined;
  return verdict ? settle(api, dispute, verdict) : dispute;
}

const listInput = params<Stripe.DisputeListParams>()({
  ...paging,
  created: createdFilter,
  charge: text.optional(),
  payment_intent: text.optional(),
});

function all(api: Api, input: unknown): object {
  const { created, charge, payment_intent: intent, ...cursor } = parse(listInput, input);
  const disputes = api.store
    .newest('disputes')
    .filter((dispute) => isInRange(dispute.created, created))
    .filter((dispute) => charge === undefined || idOf(dispute.charge) === charge)
    .filter((dispute) => intent === undefined || dispute.payment_intent === intent);
  return pageOf('/v1/disputes', disputes, 'dispute', cursor);
}

export const disputeRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/disputes', handle: all },
  { method: 'GET', path: '/v1/disputes/:id', handle: (api, _input, id) => find(api, 'dispute', id) },
  { method: 'POST', path: '/v1/disputes/:id', handle: update },
  { method: 'POST', path: '/v1/disputes/:id/close', handle: close },
];
