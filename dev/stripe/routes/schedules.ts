import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find } from '../api';
import { invalidRequest } from '../errors';
import { releaseSchedule } from '../flows/schedules';
import { saveSubscription } from '../flows/subscriptions';
import { boolean, integer, list, mergeMetadata, metadata, params, parse, text } from '../form';
import { addMonths, nowSeconds } from '../ids';
import { makePhase, makeSchedule } from '../objects/schedule';

function create(api: Api, input: unknown): Stripe.SubscriptionSchedule {
  const schema = params<Stripe.SubscriptionScheduleCreateParams>()({ from_subscription: text.min(1) });
  const { from_subscription: id } = parse(schema, input);
  const subscription = find(api, 'subscription', id, 'from_subscription');
  if (subscription.schedule) {
    throw invalidRequest(
      'You cannot migrate a subscription that is already attached to a schedule.',
      undefined,
      'from_subscription',
    );
  }
  if (subscription.status === 'canceled') {
    throw invalidRequest(
      'You cannot migrate a subscription that is canceled.',
      undefined,
      'from_subscription',
    );
  }
  const schedule = makeSchedule(subscription);
  api.store.put('schedules', schedule.id, schedule);
  api.emit('subscription_schedule.created', schedule);
  saveSubscription(api, subscription, { ...subscription, schedule: schedule.id });
  return schedule;
}

const phaseInput = z.strictObject({
  items: list(z.strictObject({ price: text.min(1), quantity: integer.optional() })).min(1),
  start_date: z.union([z.literal('now'), integer]).optional(),
  end_date: integer.optional(),
  duration: z
    .strictObject({ interval: z.enum(['month', 'year']), interval_count: integer.optional() })
    .optional(),
  metadata: metadata.optional(),
  proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
});

/** A schedule that still runs. @throws ApiError 400 */
function running(api: Api, id: string): Stripe.SubscriptionSchedule {
  const schedule = find(api, 'subscription_schedule', id);
  if (schedule.status !== 'active' && schedule.status !== 'not_started') {
    throw invalidRequest(
      `You cannot change a subscription schedule that is currently in the \`${schedule.status}\` status.`,
    );
  }
  return schedule;
}

function update(api: Api, input: unknown, id: string): Stripe.SubscriptionSchedule {
  const schema = params<Stripe.SubscriptionScheduleUpdateParams>()({
    end_behavior: z.enum(['cancel', 'release']).optional(),
    metadata: metadata.optional(),
    phases: list(phaseInput).min(1).max(10).optional(),
    proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
  });
  const data = parse(schema, input);
  const before = running(api, id);
  let start = before.phases[0]?.start_date ?? nowSeconds();
  const phases = data.phases?.map((phase, index) => {
    if (typeof phase.start_date === 'number') start = phase.start_date;
    else if (phase.start_date === 'now') start = nowSeconds();
    const items = phase.items.map(({ price, quantity }, place) => ({
      price: find(api, 'price', price, `phases[${index}][items][${place}][price]`),
      quantity: quantity ?? 1,
    }));
    const { interval = 'month', interval_count: count = 1 } = phase.duration ?? {};
    const end = phase.end_date ?? addMonths(start, interval === 'year' ? count * 12 : count);
    const made = makePhase({
      items,
      start,
      end,
      currency: items[0]?.price.currency ?? 'usd',
      metadata: mergeMetadata({}, phase.metadata),
      ...(phase.proration_behavior ? { prorationBehavior: phase.proration_behavior } : {}),
    });
    start = end;
    return made;
  });
  const now = nowSeconds();
  const current = phases?.find((phase) => phase.start_date <= now && phase.end_date > now);
  if (phases && !current) {
    throw invalidRequest(
      'The subscription schedule update is invalid: its current phase must include now.',
      undefined,
      'phases',
    );
  }
  const after: Stripe.SubscriptionSchedule = {
    ...before,
    metadata: mergeMetadata(before.metadata ?? {}, data.metadata),
    ...(data.end_behavior ? { end_behavior: data.end_behavior } : {}),
    ...(phases && current
      ? { phases, current_phase: { start_date: current.start_date, end_date: current.end_date } }
      : {}),
  };
  api.store.put('schedules', id, after);
  api.emit('subscription_schedule.updated', after);
  return after;
}

const releaseInput = params<Stripe.SubscriptionScheduleReleaseParams>()({
  preserve_cancel_date: boolean.optional(),
});

export const scheduleRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/subscription_schedules', handle: create },
  {
    method: 'GET',
    path: '/v1/subscription_schedules/:id',
    handle: (api, _input, id) => find(api, 'subscription_schedule', id),
  },
  { method: 'POST', path: '/v1/subscription_schedules/:id', handle: update },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/:id/release',
    handle: (api, input, id) => {
      parse(releaseInput, input);
      return releaseSchedule(api, running(api, id));
    },
  },
];
