import fc from 'fast-check';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { jobModel } from '@/lib/master/models/job';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { stripe } from '@/lib/stripe/client';
import { organizationRow } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import {
  BEGINNINGS,
  type Beginning,
  beginLife,
  hasOpenDispute,
  type Life,
  STEPS,
  type Step,
  takeStep,
  timeOf,
} from '@/tests/builders/stripe-lives';
import { startStripe } from '@/tests/emulators/stripe';
import { nonPaymentDays } from './dunning';
import { processEvent, receiveEvent } from './events';
import { featuresOf } from './grants';
import { PLANS } from './plans';

/**
 * A short form in `npm test`; 1,000 with `LIVES=1000 node scripts/test.mjs service
 * features/subscription/billing/lives`.
 */
const LIVES = Number(process.env.LIVES ?? 12);
const SEED = Number(process.env.LIVES_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Where a life once ended otherwise than Stripe held it. */
const COUNTER_EXAMPLES: [Beginning, Step[], number[]][] = [
  // Closed came before created, and the alarm stayed for ever.
  ['paid', ['dispute', 'disputeWon'], [0]],
];

/** What the state must be, from Stripe's objects and the configured days alone. */
async function expectedState(held: Stripe.Subscription, now: number) {
  if (held.status === 'canceled') return { status: 'canceled', stage: null };
  if (held.status === 'past_due' || held.status === 'unpaid') {
    const { data } = await stripe().invoices.list({ subscription: held.id, status: 'open', limit: 100 });
    const moments = data.map(({ status_transitions, created }) => status_transitions.finalized_at ?? created);
    const since = moments.length > 0 ? Math.min(...moments) : held.items.data[0]?.current_period_start;
    const days = (now - (since ?? now)) / 86_400;
    const { readOnly, suspended, canceled } = nonPaymentDays();
    if (days < readOnly) return { status: 'past_due', stage: 'retrying' };
    if (days < suspended) return { status: 'read_only', stage: 'read_only' };
    return { status: 'suspended', stage: days < canceled ? 'suspended' : 'canceled' };
  }
  const latest = typeof held.latest_invoice === 'object' ? held.latest_invoice?.status : undefined;
  const rests = held.pause_collection && ['void', 'draft', 'uncollectible'].includes(String(latest));
  return { status: rests ? 'read_only' : 'active', stage: null };
}

describe('the lives of subscriptions', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  /** Lives come one after the other, so what is newer than this one's beginning is about it; newest first. */
  async function eventsSince(mark: string | undefined): Promise<Stripe.Event[]> {
    const events: Stripe.Event[] = [];
    for await (const event of stripe().events.list({ limit: 100 })) {
      if (event.id === mark) break;
      events.push(event);
    }
    return events;
  }

  /**
   * What the worker does with events that have arrived; those that say nothing about a customer get no job.
   */
  async function processAll(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const row = await stripeEventModel.findById(id).select('outcome').lean();
      if (row?.outcome !== 'ignored') await processEvent(id);
    }
  }

  /** Some events come now, in an order of their own, some of them twice and side by side. */
  async function deliverSome(mark: string | undefined, picks: readonly number[]): Promise<void> {
    const events = await eventsSince(mark);
    const chosen = picks.flatMap((pick) => events[pick % Math.max(1, events.length)] ?? []);
    await Promise.all(chosen.map((event) => receiveEvent(event)));
    await Promise.all(chosen.map((event) => processAll([event.id])));
  }

  /** At last each event has come; the newest may be the first. */
  async function deliverAll(mark: string | undefined, picks: readonly number[]): Promise<void> {
    const order = (await eventsSince(mark))
      .map((event, index) => ({ event, key: picks[index % picks.length] ?? 0 }))
      .sort((a, b) => a.key - b.key);
    for (const { event } of order) await receiveEvent(event);
    await processAll(order.map(({ event }) => event.id));
  }

  async function live(beginning: Beginning, steps: readonly Step[], picks: readonly number[]): Promise<void> {
    const mark = (await stripe().events.list({ limit: 1 })).data[0]?.id;
    let life = await beginLife(local.control, beginning);
    for (const step of steps) {
      life = await takeStep(step, life, local.control);
      if (step === 'deliver') await deliverSome(mark, picks);
    }
    await deliverAll(mark, picks);
    await compare(life);
  }

  async function compare(life: Life): Promise<void> {
    const held = await stripe().subscriptions.retrieve(life.subscriptionId, {
      expand: ['latest_invoice', 'default_payment_method'],
    });
    const { status, stage } = await expectedState(held, await timeOf(life));
    const row = await organizationRow(life.organizationId);
    const item = held.items.data[0];
    const plan =
      item?.price.metadata.plan === 'professional' ? ('professional' as const) : ('starter' as const);
    const invoice = typeof held.latest_invoice === 'object' ? held.latest_invoice : null;
    const method = typeof held.default_payment_method === 'object' ? held.default_payment_method : null;
    expect(row).toMatchObject({
      subscriptionId: life.subscriptionId,
      status,
      subscription: {
        status: held.status,
        plan,
        priceCents: item?.price.unit_amount,
        interval: item?.price.recurring?.interval,
        cancelAtPeriodEnd: held.cancel_at_period_end,
        currentPeriodEnd: new Date((item?.current_period_end ?? 0) * 1_000),
        paymentMethod: { last4: method?.card?.last4 },
        latestInvoice: {
          status: invoice?.status,
          totalCents: invoice?.total,
          remainingCents: invoice?.amount_remaining,
        },
      },
    });
    expect(row.subscription?.trialEnd?.getTime()).toBe(held.trial_end ? held.trial_end * 1_000 : undefined);
    expect(Boolean(row.subscription?.pause)).toBe(held.pause_collection !== null);
    expect(row.nonPayment?.stage ?? null).toBe(stage);
    expect(row.billingAlarm?.kind ?? null).toBe((await hasOpenDispute(life)) ? 'dispute' : null);
    if (held.status !== 'canceled') {
      expect(row.plan).toBe(plan);
      expect(row.features).toMatchObject(featuresOf(plan));
      expect(row.features.maxUsers).toBe(PLANS[plan].maxUsers);
    }
  }

  it.each(COUNTER_EXAMPLES)('end as Stripe holds them after %s, %s', live);

  it(
    `end as Stripe holds them, whatever was delivered twice, late or in another order (${LIVES} lives)`,
    async () => {
      if (process.env.LIVES) process.stdout.write(`${LIVES} lives from seed ${SEED}\n`);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...BEGINNINGS),
          fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 8 }),
          fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }),
          live,
        ),
        { numRuns: LIVES, seed: SEED },
      );
      // No two mails are the same, and none was asked for by a repeated event.
      const mails = await jobModel.find({ kind: 'mail.send' }).select('key').lean();
      expect(new Set(mails.map(({ key }) => key)).size).toBe(mails.length);
    },
    Math.max(120_000, LIVES * 6_000),
  );
});
