import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { userModel } from '@/lib/master/models/user';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { createCheckout } from './checkout';
import { trialClaimModel } from './model';
import { syncSubscription } from './sync';
import { settleTrial } from './trials';

describe('an address that nobody has proved', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });
  const begin = async (email: string, isUnproved: boolean) => {
    const id = await billedOrganization({ email, isUnproved });
    const { sessionId } = await createCheckout(id, 'starter', { hasTrial: true });
    const { body } = await local.control(`checkout/${sessionId}/complete`);
    await syncSubscription((body as { customer: string }).customer);
    return { id, customer: (body as { customer: string }).customer };
  };
  const statusOf = async (id: string) => {
    const { subscriptionId } = await organizationRow(id);
    return (await stripe().subscriptions.retrieve(subscriptionId ?? '')).status;
  };
  const prove = async (id: string) =>
    userModel.updateOne(
      { _id: (await organizationRow(id)).ownerId },
      { $set: { emailVerifiedAt: new Date() } },
    );

  it('is told nothing of free days that it has had, and uses none up', async () => {
    const victim = 'victim@hospital.test';
    const squatter = await begin(victim, true);
    await settleTrial(squatter.id);
    expect(await statusOf(squatter.id)).toBe('trialing');
    expect(await trialClaimModel.countDocuments({ _id: `email:${victim}` })).toBe(0);
    const holder = await begin(victim, false);
    expect(await statusOf(holder.id)).toBe('trialing');
    // A second stranger reads the same as the first, though the mailbox has had its free days now.
    await expect(begin('Victim+x@hospital.test', true)).resolves.toMatchObject({ id: expect.any(String) });
  });

  it('pays from the moment of its proof when the mailbox has had its free days', async () => {
    const email = 'twice@hospital.test';
    const first = await begin(email, true);
    await prove(first.id);
    await settleTrial(first.id);
    expect(await statusOf(first.id)).toBe('trialing');
    const second = await begin(email, true);
    await settleTrial(second.id);
    expect(await statusOf(second.id)).toBe('trialing');
    await prove(second.id);
    await settleTrial(second.id);
    await settleTrial(second.id);
    expect(await statusOf(second.id)).toBe('active');
    await syncSubscription(second.customer);
    expect((await organizationRow(second.id)).subscription?.status).toBe('active');
    expect(await statusOf(first.id)).toBe('trialing');
  });
});
