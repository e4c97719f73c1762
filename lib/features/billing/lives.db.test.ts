import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/lib/master/all-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { jobModel } from '@/lib/master/models/job';
import { stripe } from '@/lib/stripe/client';
import { closeConnections } from '@/tests/support/organization';
import { billedOrganization, organizationRow, payAtStripe, startStripe } from '@/tests/support/stripe';
import { ensurePrice } from './catalog';
import { processEvent, receiveEvent } from './events';
import { featuresOf } from './grants';
import { PLANS } from './plans';

/** How many lives: a short form in `npm test`, 1,000 with `LIVES=1000 node scripts/test.mjs service lib/features/billing/lives`. */
const LIVES = Number(process.env.LIVES ?? 12);

const STEPS = [
  'renew',
  'decline',
  'upgrade',
  'yearly',
  'stop',
  'goOn',
  'cancel',
  'startAgain',
  'deliver',
] as const;
type Step = (typeof STEPS)[number];

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

  async function take(step: Step, organizationId: string, subscriptionId: string): Promise<string> {
    const subscription = await stripe().subscriptions.retrieve(subscriptionId);
    const isOver = subscription.status === 'canceled';
    const item = subscription.items.data[0]?.id ?? '';
    if (step === 'startAgain') {
      return isOver ? (await payAtStripe(local, organizationId)).subscriptionId : subscriptionId;
    }
    if (isOver) return subscriptionId;
    switch (step) {
      case 'renew':
        await local.control(`subscriptions/${subscriptionId}/renew`, { outcome: 'paid' });
        break;
      case 'decline':
        await local.control(`subscriptions/${subscriptionId}/renew`, { outcome: 'payment_failed' });
        break;
      case 'upgrade':
      case 'yearly': {
        const { priceId } = await ensurePrice(
          step === 'upgrade' ? 'professional' : 'starter',
          step === 'upgrade' ? 'month' : 'year',
        );
        const change = { items: [{ id: item, price: priceId }], proration_behavior: 'none' as const };
        await stripe().subscriptions.update(subscriptionId, change);
        break;
      }
      case 'stop':
      case 'goOn':
        await stripe().subscriptions.update(subscriptionId, { cancel_at_period_end: step === 'stop' });
        break;
      case 'cancel':
        await local.control(`subscriptions/${subscriptionId}/cancel`);
        break;
      case 'deliver':
        break;
    }
    return subscriptionId;
  }

  /** Events of a customer, newest first as Stripe lists them. */
  const eventsOf = async (customerId: string) => {
    const { data } = await stripe().events.list({ limit: 100 });
    return data.filter(({ data: { object } }) => JSON.stringify(object).includes(customerId));
  };

  /** Some events come now, in an order of their own, some of them twice and side by side. */
  async function deliver(customerId: string, picks: readonly number[]): Promise<void> {
    const events = await eventsOf(customerId);
    const chosen = picks.flatMap((pick) => events[pick % Math.max(1, events.length)] ?? []);
    await Promise.all(chosen.map((event) => receiveEvent(event)));
    await Promise.all(chosen.map((event) => processEvent(event.id)));
  }

  async function live(steps: readonly Step[], picks: readonly number[]): Promise<void> {
    const organizationId = await billedOrganization();
    const paid = await payAtStripe(local, organizationId);
    let { subscriptionId } = paid;
    for (const step of steps) {
      subscriptionId = await take(step, organizationId, subscriptionId);
      if (step === 'deliver') await deliver(paid.customerId, picks);
    }
    // At last each event has come, in an order of its own; the newest may come first.
    const events = await eventsOf(paid.customerId);
    const order = events.map((event, index) => ({ event, key: picks[index % picks.length] ?? 0 }));
    order.sort((a, b) => a.key - b.key);
    for (const { event } of order) await receiveEvent(event);
    for (const { event } of order) await processEvent(event.id);

    const held = await stripe().subscriptions.retrieve(subscriptionId, { expand: ['latest_invoice'] });
    const row = await organizationRow(organizationId);
    const price = held.items.data[0]?.price;
    const plan = price?.metadata.plan === 'professional' ? ('professional' as const) : ('starter' as const);
    const isOver = held.status === 'canceled';
    expect(row).toMatchObject({
      subscriptionId,
      status: isOver ? 'canceled' : held.status === 'past_due' ? 'past_due' : 'active',
      billingAlarm: null,
      subscription: {
        status: held.status,
        plan,
        priceCents: price?.unit_amount,
        interval: price?.recurring?.interval,
        cancelAtPeriodEnd: held.cancel_at_period_end,
        latestInvoice: {
          status: typeof held.latest_invoice === 'object' ? held.latest_invoice?.status : undefined,
        },
      },
    });
    expect(Boolean(row.nonPayment)).toBe(held.status === 'past_due');
    if (!isOver) {
      expect(row.plan).toBe(plan);
      expect(row.features).toMatchObject(featuresOf(plan));
      expect(row.features.maxUsers).toBe(PLANS[plan].maxUsers);
    }
  }

  it(
    `end as Stripe holds them, whatever was delivered twice, late or in another order (${LIVES} lives)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 6 }),
          fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }),
          live,
        ),
        { numRuns: LIVES },
      );
      // No two mails are the same, and none was asked for by a repeated event.
      const mails = await (await jobModel()).find({ kind: 'mail.send' }).select('key').lean();
      expect(new Set(mails.map(({ key }) => key)).size).toBe(mails.length);
    },
    Math.max(120_000, LIVES * 4_000),
  );
});
