import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { getSubscription, listInvoices } from './queries';
import { invoicePageQuery } from './schema';
import {
  cancelAtPeriodEnd,
  keepSubscription,
  previewChange,
  reactivate,
  retryPayment,
  upgradeNow,
} from './service';

describe('the verbs of the billing page', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  let hospital: Awaited<ReturnType<typeof testOrganization>>;
  let isRunning = true;
  let paid: { customerId: string; subscriptionId: string };
  beforeAll(async () => {
    local = await startStripe();
    hospital = await testOrganization();
    paid = await payAtStripe(local, hospital.organizationId);
    await syncSubscription(paid.customerId);
  });
  afterAll(async () => {
    await hospital.dispose();
    if (isRunning) await local.stop();
    await closeConnections();
  });
  const attempt = () => ({ attempt: randomUUID() });

  it('cancels at the end of what is paid for, keeps the reason, and takes it back', async () => {
    const ctx = hospital.ctx();
    const leave = { ...attempt(), reason: 'too_expensive' as const, comment: 'We are a small clinic.' };
    await Promise.all([cancelAtPeriodEnd(ctx, leave), cancelAtPeriodEnd(ctx, leave)]);
    const ending = await stripe().subscriptions.retrieve(paid.subscriptionId);
    expect(ending).toMatchObject({
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'too_expensive', comment: 'We are a small clinic.' },
    });
    expect(await getSubscription(ctx)).toMatchObject({
      state: 'active',
      subscription: { cancelAtPeriodEnd: true, isLive: true },
    });
    await keepSubscription(ctx, attempt());
    expect((await getSubscription(ctx)).subscription?.cancelAtPeriodEnd).toBe(false);
    expect((await organizationRow(hospital.organizationId)).status).toBe('active');
  });

  it('says that the card was declined, changes nothing, and pays with the next attempt', async () => {
    const ctx = hospital.ctx();
    await local.control(`subscriptions/${paid.subscriptionId}/renew`, { outcome: 'payment_failed' });
    await syncSubscription(paid.customerId);
    expect(await getSubscription(ctx)).toMatchObject({
      state: 'past_due',
      nonPayment: { stage: 'retrying' },
      subscription: { latestInvoice: { status: 'open', remainingCents: 9_900 } },
    });
    // The card on file is good, so the owner's own try succeeds; two clicks on one question pay once.
    const one = attempt();
    await Promise.all([retryPayment(ctx, one), retryPayment(ctx, one)]);
    expect(await getSubscription(ctx)).toMatchObject({ state: 'active', nonPayment: null });
    const invoices = await listInvoices(ctx, invoicePageQuery.parse({}));
    expect(invoices?.rows.map(({ status, cents }) => [status, cents])).toEqual([
      ['paid', 9_900],
      ['paid', 9_900],
    ]);
  });

  it('owes the sum of all unpaid invoices, and one try pays them all', async () => {
    const ctx = hospital.ctx();
    const failed = { outcome: 'payment_failed' };
    await local.control(`subscriptions/${paid.subscriptionId}/renew`, failed);
    await local.control(`subscriptions/${paid.subscriptionId}/renew`, failed);
    await syncSubscription(paid.customerId);
    expect(await getSubscription(ctx)).toMatchObject({ nonPayment: { owedCents: 19_800 } });
    const { expiresAt, nonPayment } = await organizationRow(hospital.organizationId);
    expect(expiresAt).toEqual(nonPayment?.since);
    await retryPayment(ctx, attempt());
    expect(await getSubscription(ctx)).toMatchObject({ state: 'active', nonPayment: null });
    const { data } = await stripe().invoices.list({ customer: paid.customerId, limit: 100 });
    expect(data.every(({ status }) => status === 'paid')).toBe(true);
    const after = await organizationRow(hospital.organizationId);
    expect(after.expiresAt).toEqual(after.subscription?.currentPeriodEnd);
  });

  it('promises, in a trial, the year’s price on the day on which the trial ends, and charges it then', async () => {
    const id = await billedOrganization();
    const { sessionId } = await createCheckout(id, 'starter', { hasTrial: true });
    const { body } = await local.control(`checkout/${sessionId}/complete`);
    const { customer, subscription } = body as { customer: string; subscription: string };
    await syncSubscription(customer);
    const terms = { plan: 'starter' as const, interval: 'year' as const };
    const preview = await previewChange({ organizationId: id }, terms);
    const { trial_end: end } = await stripe().subscriptions.retrieve(subscription);
    const endsAt = new Date(Number(end) * 1_000);
    const inDays = (endsAt.getTime() - Date.now()) / 86_400_000;
    expect(inDays).toBeGreaterThan(13);
    expect(inDays).toBeLessThan(15);
    expect(preview).toMatchObject({
      dueTodayCents: 0,
      lines: [],
      isTrial: true,
      next: { at: endsAt.toISOString(), cents: 99_000 },
    });
    await upgradeNow(
      { organizationId: id },
      { ...terms, prorationDate: preview.prorationDate, ...attempt() },
    );
    await syncSubscription(customer);
    expect((await organizationRow(id)).subscription).toMatchObject({
      status: 'trialing',
      interval: 'year',
      priceCents: 99_000,
      trialEnd: endsAt,
    });
  });

  it('shows the first page for a place that is not in the list', async () => {
    const invoices = await listInvoices(
      hospital.ctx(),
      invoicePageQuery.parse({ after: 'in_somebodyElses' }),
    );
    expect(invoices?.rows).toHaveLength(4);
    expect(invoices?.before).toBeNull();
  });

  it('offers a payment page after the subscription has ended, one at a time, and not before', async () => {
    await expect(reactivate(hospital.organizationId)).rejects.toThrow(/a subscription already/);
    await stripe().subscriptions.cancel(paid.subscriptionId);
    await syncSubscription(paid.customerId);
    const url = await reactivate(hospital.organizationId);
    expect(await reactivate(hospital.organizationId)).toBe(url);
    const session = new URL(url).pathname.split('/').at(-1);
    await local.control(`checkout/${session}/complete`);
    await syncSubscription(paid.customerId);
    expect(await organizationRow(hospital.organizationId)).toMatchObject({
      status: 'active',
      plan: 'starter',
    });
  });

  it('says so when Stripe cannot be reached, and still shows what is known', async () => {
    const ctx = hospital.ctx();
    await local.stop();
    isRunning = false;
    await expect(keepSubscription(ctx, attempt())).rejects.toThrow(/payment partner cannot be reached/);
    expect(await listInvoices(ctx, invoicePageQuery.parse({}))).toBeNull();
    expect((await getSubscription(ctx)).plan).toBe('starter');
  });
});
