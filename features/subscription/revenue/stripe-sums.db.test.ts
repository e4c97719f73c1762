import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensurePrice } from '@/features/subscription/billing/catalog';
import { receiveEvent } from '@/features/subscription/billing/events';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { getRevenueNow, listFigure, listRevenueMonths } from './queries';

// Read before anything asks for the configuration: a currency of its own, so that rows of other files do not
// count.
const currency = 'aud';
process.env.BILLING_CURRENCY = currency;

const ctx = {
  actor: { kind: 'platform' as const, userId: 'u', name: 'Admin', email: 'admin@chakravue.test' },
  requestId: 'r',
};

type Step = 'upgrade' | 'yearly' | 'decline' | 'stop' | 'cancel';
const LIVES: { plan: 'starter' | 'professional'; steps: Step[] }[] = [
  { plan: 'starter', steps: [] },
  { plan: 'starter', steps: ['upgrade'] },
  { plan: 'starter', steps: ['yearly'] },
  { plan: 'professional', steps: ['decline'] },
  { plan: 'professional', steps: ['stop'] },
  { plan: 'starter', steps: ['upgrade', 'yearly', 'decline'] },
  { plan: 'starter', steps: ['upgrade', 'cancel'] },
  { plan: 'professional', steps: ['yearly'] },
];

/** What one of Stripe's subscriptions brings in a month, in cents, from its own items. */
const monthly = (held: Stripe.Subscription): number =>
  ['active', 'past_due'].includes(held.status)
    ? held.items.data.reduce((sum, { price, quantity }) => {
        const cents = (price.unit_amount ?? 0) * (quantity ?? 1);
        return sum + (price.recurring?.interval === 'year' ? Math.round(cents / 12) : cents);
      }, 0)
    : 0;

describe('the figures of revenue', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  async function take(step: Step, id: string): Promise<void> {
    const { items } = await stripe().subscriptions.retrieve(id);
    const item = items.data[0]?.id ?? '';
    const change = async (plan: 'starter' | 'professional', interval: 'month' | 'year') => {
      const { priceId } = await ensurePrice(plan, interval);
      await stripe().subscriptions.update(id, {
        items: [{ id: item, price: priceId }],
        proration_behavior: 'none',
      });
    };
    if (step === 'upgrade') await change('professional', 'month');
    if (step === 'yearly') await change('starter', 'year');
    if (step === 'stop') await stripe().subscriptions.update(id, { cancel_at_period_end: true });
    if (step === 'decline') await local.control(`subscriptions/${id}/renew`, { outcome: 'payment_failed' });
    if (step === 'cancel') await local.control(`subscriptions/${id}/cancel`);
  }

  it('equal sums over what Stripe holds, to the cent, and so does each list behind them', async () => {
    const moved = { new: 0, expansion: 0, contraction: 0, churn: 0 };
    const held: Stripe.Subscription[] = [];
    for (const { plan, steps } of LIVES) {
      const organizationId = await billedOrganization({ plan });
      const { customerId, subscriptionId } = await payAtStripe(local, organizationId, plan);
      let before = 0;
      for (const step of [null, ...steps]) {
        if (step) await take(step, subscriptionId);
        await syncSubscription(customerId);
        const now = monthly(await stripe().subscriptions.retrieve(subscriptionId));
        const kind = before === 0 ? 'new' : now === 0 ? 'churn' : now > before ? 'expansion' : 'contraction';
        moved[kind] += now - before;
        before = now;
      }
      held.push(await stripe().subscriptions.retrieve(subscriptionId));
    }
    const sum = (rows: readonly Stripe.Subscription[]) =>
      rows.reduce((total, row) => total + monthly(row), 0);
    const paying = held.filter((row) => monthly(row) > 0);
    const pastDue = held.filter(({ status }) => status === 'past_due');
    const renewing = paying.filter(
      (row) =>
        !row.cancel_at_period_end &&
        (row.items.data[0]?.current_period_end ?? 0) * 1_000 <= Date.now() + 30 * 86_400_000,
    );
    expect(pastDue).toHaveLength(2);

    const now = await getRevenueNow(ctx, currency);
    expect(now).toMatchObject({
      currency,
      mrrCents: sum(held),
      arrCents: sum(held) * 12,
      customers: paying.length,
      arpaCents: Math.round(sum(held) / paying.length),
      pastDue: { customers: pastDue.length, mrrCents: sum(pastDue) },
      renewals: {
        customers: renewing.length,
        cents: renewing.reduce((total, row) => total + (row.items.data[0]?.price.unit_amount ?? 0), 0),
      },
    });
    for (const plan of ['starter', 'professional'] as const) {
      const ofPlan = paying.filter((row) => row.items.data[0]?.price.metadata.plan === plan);
      expect(now.plans.find((one) => one.plan === plan)).toMatchObject({
        customers: ofPlan.length,
        mrrCents: sum(ofPlan),
      });
    }

    const month = (await listRevenueMonths(ctx, currency)).at(-1);
    expect(month).toMatchObject({
      newCents: moved.new,
      expansionCents: moved.expansion,
      contractionCents: moved.contraction,
      churnCents: moved.churn,
      mrrCents: sum(held),
      customers: paying.length,
    });

    const { rows } = await listFigure(ctx, 'mrr', { currency });
    expect(rows.map(({ stripeId, cents }) => [stripeId, cents]).sort()).toEqual(
      paying.map((row) => [row.id, monthly(row)]).sort(),
    );
    const overdue = await listFigure(ctx, 'past-due', { currency });
    expect(overdue.rows.map(({ stripeId }) => stripeId).sort()).toEqual(pastDue.map(({ id }) => id).sort());
  });

  it('count a failed payment for each that Stripe tells of', async () => {
    const { data } = await stripe().events.list({ type: 'invoice.payment_failed', limit: 100 });
    expect(data.length).toBeGreaterThanOrEqual(2);
    for (const event of data) await receiveEvent(event);
    const { rows } = await listFigure(ctx, 'failed-payments', { currency });
    const listed = rows.map(({ stripeId }) => stripeId);
    expect(listed).toEqual(expect.arrayContaining(data.map(({ id }) => id)));
    expect(new Set(listed).size).toBe(listed.length);
  });
});
