import { z } from 'zod';
import { type Api, type ApiRoute, find, redeliver as sendAgain } from '../api';
import { parse } from '../form';
import { nowSeconds } from '../ids';
import { type DeliveryPlan, NORMAL_DELIVERY } from '../store';

const planInput = z.strictObject({
  /** Nothing is sent until this is false again. */
  hold: z.boolean().optional(),
  /** What is due goes out in an order of chance. */
  shuffle: z.boolean().optional(),
  /** How often each new event is sent. */
  times: z.number().int().min(1).max(5).optional(),
  /** How long each new event waits before it is sent. */
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
});

/** How events are delivered from now on; what is not named goes back to normal. */
function setPlan(api: Api, input: unknown): object {
  const { hold, shuffle, times, delayMs } = parse(planInput, input);
  const plan: DeliveryPlan = {
    id: 'plan',
    hold: hold ?? NORMAL_DELIVERY.hold,
    shuffle: shuffle ?? NORMAL_DELIVERY.shuffle,
    times: times ?? NORMAL_DELIVERY.times,
    delayMs: delayMs ?? NORMAL_DELIVERY.delayMs,
  };
  api.store.put('deliveryPlan', plan.id, plan);
  return plan;
}

function redeliver(api: Api, _input: unknown, id: string): object {
  // Tests of the first account configure its endpoint; other accounts have those that were made by the API.
  const isFirst = api.store.newest('webhookEndpoints').length === 0;
  return { delivery: sendAgain(api, find(api, 'event', id), isFirst) };
}

export const deliveryRoutes: ApiRoute[] = [
  { method: 'POST', path: '/_emulator/delivery', handle: setPlan },
  { method: 'POST', path: '/_emulator/events/:id/redeliver', handle: redeliver },
  {
    method: 'GET',
    path: '/_emulator/deliveries',
    handle: (api) => ({ now: nowSeconds(), deliveries: api.store.newest('deliveries') }),
  },
];
