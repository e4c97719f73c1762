import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { driftBetween, reconcileOrganization } from './reconcile';
import { syncSubscription } from './sync';

describe('syncSubscription', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });
  const mailsFor = async (organizationId: string) =>
    jobModel
      .find({ kind: 'mail.send' })
      .lean()
      .then((rows) =>
        rows
          .filter(({ key }) => key.startsWith(`billing:${organizationId}:`))
          .map(({ key }) => key.split(':')[2]),
      );

  it('copies what pages show: price, period, card and latest invoice', async () => {
    const id = await billedOrganization();
    const { customerId, subscriptionId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    const row = await organizationRow(id);
    expect(row).toMatchObject({ status: 'active', subscriptionId, nonPayment: null, billingAlarm: null });
    expect(row.subscription).toMatchObject({
      status: 'active',
      plan: 'starter',
      isTaxAutomatic: false,
      priceCents: 9_900,
      interval: 'month',
      collectionMethod: 'charge_automatically',
      paymentMethod: { brand: 'visa', last4: '4242' },
      latestInvoice: { status: 'paid', totalCents: 9_900, remainingCents: 0 },
    });
  });

  it('asks for a database after the first payment only', async () => {
    const id = await billedOrganization({ hasDatabase: false });
    const { customerId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    expect((await organizationRow(id)).status).toBe('provisioning');
    expect(await jobModel.countDocuments({ kind: 'organization.provision', key: id })).toBe(1);
  });

  it('keeps everything open at the first decline, mails once, and forgets it when paid', async () => {
    const id = await billedOrganization();
    const { customerId, subscriptionId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    await local.control(`subscriptions/${subscriptionId}/renew`, { outcome: 'payment_failed' });
    await syncSubscription(customerId);
    await syncSubscription(customerId);
    const row = await organizationRow(id);
    expect(row.status).toBe('past_due');
    expect(row.nonPayment).toMatchObject({ stage: 'retrying' });
    const since = row.nonPayment?.since.getTime() ?? 0;
    expect(row.nonPayment?.nextStageAt?.getTime()).toBe(since + 7 * 86_400_000);
    expect(await mailsFor(id)).toEqual(['retrying']);
    await local.control(`subscriptions/${subscriptionId}/renew`, { outcome: 'paid' });
    await syncSubscription(customerId);
    expect(await organizationRow(id)).toMatchObject({ status: 'active', nonPayment: null });
    expect(await mailsFor(id)).toEqual(['retrying']);
  });

  it('writes the answer of the last reader, whichever comes back last', async () => {
    const id = await billedOrganization();
    const { customerId, subscriptionId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    for (let round = 0; round < 5; round++) {
      const slow = syncSubscription(customerId);
      await stripe().subscriptions.update(subscriptionId, { cancel_at_period_end: round % 2 === 0 });
      await Promise.all([slow, syncSubscription(customerId), syncSubscription(customerId)]);
      expect((await organizationRow(id)).subscription?.cancelAtPeriodEnd).toBe(round % 2 === 0);
    }
  });

  it('writes nothing for a reader whose ticket is lower than the one written last', async () => {
    const id = await billedOrganization();
    const { customerId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    await organizationModel.updateOne({ _id: objectId(id) }, { $set: { syncApplied: 1_000 } });
    await local.control(`subscriptions/${(await organizationRow(id)).subscriptionId}/cancel`);
    await syncSubscription(customerId);
    expect((await organizationRow(id)).status).toBe('active');
  });

  it('raises an alarm for two live subscriptions and keeps following the known one', async () => {
    const id = await billedOrganization();
    const first = await payAtStripe(local, id);
    await syncSubscription(first.customerId);
    const second = await payAtStripe(local, id, 'professional');
    await syncSubscription(first.customerId);
    const row = await organizationRow(id);
    expect(row).toMatchObject({ subscriptionId: first.subscriptionId, plan: 'starter', status: 'active' });
    expect(row.billingAlarm).toMatchObject({ kind: 'two_live_subscriptions' });
    expect(row.billingAlarm?.detail).toContain(second.subscriptionId);
    await local.control(`subscriptions/${first.subscriptionId}/cancel`);
    await syncSubscription(first.customerId);
    expect(await organizationRow(id)).toMatchObject({
      subscriptionId: second.subscriptionId,
      plan: 'professional',
      billingAlarm: null,
    });
  });

  it('ends the subscription of a deleted organization', async () => {
    const id = await billedOrganization();
    const { customerId, subscriptionId } = await payAtStripe(local, id);
    await organizationModel.updateOne({ _id: objectId(id) }, { $set: { status: 'deleted' } });
    await syncSubscription(customerId);
    expect((await stripe().subscriptions.retrieve(subscriptionId)).status).toBe('canceled');
    expect((await organizationRow(id)).status).toBe('deleted');
  });

  it('finds drift field by field, repairs it, and finds none the next time', async () => {
    const id = await billedOrganization();
    const { customerId } = await payAtStripe(local, id);
    await syncSubscription(customerId);
    expect(await reconcileOrganization(id)).toEqual([]);
    await organizationModel.updateOne(
      { _id: objectId(id) },
      { $set: { status: 'suspended', 'subscription.priceCents': 1 } },
    );
    expect(await reconcileOrganization(id)).toEqual([
      { field: 'status', ours: 'suspended', stripe: 'active' },
      { field: 'subscription.priceCents', ours: '1', stripe: '9900' },
    ]);
    expect(await reconcileOrganization(id)).toEqual([]);
  });

  it('compares nested values and dates', () => {
    const at = new Date(0);
    expect(driftBetween({ a: { b: at } }, { a: { b: new Date(0) } })).toEqual([]);
    expect(driftBetween({ a: { b: at } }, {})).toEqual([
      { field: 'a.b', ours: '1970-01-01T00:00:00.000Z', stripe: 'nothing' },
    ]);
  });
});
