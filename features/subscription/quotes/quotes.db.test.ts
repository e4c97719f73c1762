import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformContext } from '@/lib/actions/platform';
import { jobModel } from '@/lib/master/models/job';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import '@/server/master-models';
import { placeOrganization } from '@/features/fleet/placement/service/assign';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { changeTerms } from '@/features/subscription/concessions/service';
import { pauseSubscription } from '@/features/subscription/plan-changes/service';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { findOfferRequest, findQuoteByToken, getOwnOffer, listQuotes } from './queries';
import { sendQuoteInput } from './schema';
import { acceptQuote, agreeShared, askForOffer, openQuotePayment, sendQuote, withdrawQuote } from './service';

const GIB = 1024 ** 3;
const ctx: PlatformContext = {
  actor: { kind: 'platform', userId: 'sales', name: 'Asha Sales', email: 'sales@chakravue.test' },
  requestId: 'test',
};
const offer = (organizationId: string, more: Record<string, string> = {}) =>
  sendQuoteInput.parse({
    organizationId,
    price: '1250.50',
    interval: 'year',
    maxUsers: '120',
    maxStorageGib: '500',
    validDays: '30',
    ...more,
  });

describe('an Enterprise quote', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  /** The token as the customer finds it in the mail. */
  async function mailedToken(organizationId: string): Promise<string> {
    const quote = await quoteModel
      .findOne({ organizationId: objectId(organizationId), state: 'sent' })
      .orFail()
      .lean();
    const mail = await jobModel
      .findOne({ kind: 'mail.send', key: `quote:${quote._id.toString()}` })
      .orFail()
      .lean();
    const text: unknown = Reflect.get(mail.payload ?? {}, 'text');
    return /\/quotes\/([A-Za-z0-9_-]+)/.exec(String(text))?.[1] ?? '';
  }
  const pay = async (url: string) => {
    const sessionId = new URL(url).pathname.split('/').at(-1);
    const { status } = await local.control(`checkout/${sessionId}/complete`);
    expect(status).toBe(200);
  };

  it('grants the agreed limits when it is paid, and not before', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested', hasDatabase: false });
    await sendQuote(ctx, offer(id));
    expect((await organizationRow(id)).features.maxUsers).toBe(5);
    const token = await mailedToken(id);
    const url = await openQuotePayment(token);
    expect(await openQuotePayment(token)).toBe(url);
    await pay(url);
    const { stripeCustomerId } = await organizationRow(id);
    await syncSubscription(String(stripeCustomerId));
    await syncSubscription(String(stripeCustomerId));
    const row = await organizationRow(id);
    expect(row).toMatchObject({
      status: 'provisioning',
      plan: 'enterprise',
      features: { maxUsers: 120, maxStorage: 500 * GIB, enableAnalytics: true },
      subscription: { priceCents: 125_050, interval: 'year' },
    });
    expect(await listQuotes(ctx, id)).toMatchObject([{ state: 'paid', maxUsers: 120 }]);
    await expect(openQuotePayment(token)).rejects.toThrow(/paid already/);
  });

  it('leaves a limit out where none was agreed', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(id, { maxUsers: '', maxStorageGib: '' }));
    await pay(await openQuotePayment(await mailedToken(id)));
    await syncSubscription(String((await organizationRow(id)).stripeCustomerId));
    expect((await organizationRow(id)).features).toMatchObject({ maxUsers: null, maxStorage: null });
  });

  it('a second quote withdraws the first, whose link then opens nothing', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(id));
    const first = await mailedToken(id);
    await sendQuote(ctx, offer(id, { price: '900' }));
    const second = await mailedToken(id);
    expect((await findQuoteByToken(first))?.quote.state).toBe('withdrawn');
    await expect(openQuotePayment(first)).rejects.toThrow(/can no longer be taken/);
    expect((await findQuoteByToken(second))?.quote).toMatchObject({ state: 'sent', priceCents: 90_000 });
  });

  it('withdrawing closes a payment page that is open', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(id));
    const url = await openQuotePayment(await mailedToken(id));
    const [quote] = await listQuotes(ctx, id);
    await withdrawQuote(ctx, { organizationId: id, quoteId: quote?.id ?? '' });
    const session = await stripe().checkout.sessions.retrieve(new URL(url).pathname.split('/').at(-1) ?? '');
    expect(session.status).toBe('expired');
  });

  it('has expired after its last day', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(id, { validDays: '1' }));
    const later = new Date(Date.now() + 86_400_001);
    await expect(openQuotePayment(await mailedToken(id), later)).rejects.toThrow(/can no longer be taken/);
  });

  it('moves a customer who asked for it up, from billing alone, and charges the difference once', async () => {
    const org = await testOrganization({ plan: 'professional' });
    const id = org.organizationId;
    await payAtStripe(local, id, 'professional');
    const customerId = String((await organizationRow(id)).stripeCustomerId);
    await syncSubscription(customerId);
    const owner = org.ctx('owner');
    await askForOffer(owner, { expectedUsers: 60, note: 'Three branches' });
    expect(await findOfferRequest(ctx, id)).toMatchObject({ expectedUsers: 60, note: 'Three branches' });
    expect(await mailLogModel.countDocuments({ kind: 'request', organizationId: objectId(id) })).toBe(1);

    await sendQuote(ctx, offer(id, { interval: 'month', place: 'shared', isSharedAgreed: 'on' }));
    // The mailed link charges no stored card: it leads to where somebody has signed in.
    expect(await openQuotePayment(await mailedToken(id))).toMatch(/\/billing$/);
    const { offer: open } = await getOwnOffer(owner);
    expect(open).toMatchObject({ priceCents: 125_050, place: 'shared', sharedBy: 'Asha Sales' });
    const charges = async () => (await stripe().charges.list({ customer: customerId })).data.length;
    const before = await charges();
    await acceptQuote(owner, { quoteId: open?.id ?? '' });
    await acceptQuote(owner, { quoteId: open?.id ?? '' });
    expect(await charges()).toBe(before + 1);
    expect(await organizationRow(id)).toMatchObject({
      plan: 'enterprise',
      features: { maxUsers: 120 },
      subscription: { priceCents: 125_050 },
    });
    expect(await findOfferRequest(ctx, id)).toBeNull();
    expect(await getOwnOffer(owner)).toMatchObject({ offer: null, place: 'shared' });
    await expect(askForOffer(owner, { expectedUsers: 60, note: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });

    const other = await testOrganization();
    await expect(acceptQuote(other.ctx('owner'), { quoteId: open?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await other.dispose();
    await org.dispose();
  });

  it('to a customer on Enterprise is on its billing page and changes the price; the place of before is still said', async () => {
    const org = await testOrganization({ plan: 'professional' });
    const id = org.organizationId;
    await payAtStripe(local, id, 'professional');
    const customerId = String((await organizationRow(id)).stripeCustomerId);
    await syncSubscription(customerId);
    const owner = org.ctx('owner');
    const take = async (price: string) => {
      await sendQuote(ctx, offer(id, { price, interval: 'month', place: 'shared', isSharedAgreed: 'on' }));
      const { offer: open } = await getOwnOffer(owner);
      return open?.id ?? '';
    };
    await acceptQuote(owner, { quoteId: await take('800') });
    const second = await take('900');
    expect(await getOwnOffer(owner)).toMatchObject({ canTake: true, offer: { id: second }, place: 'shared' });
    await acceptQuote(owner, { quoteId: second });
    expect(await organizationRow(id)).toMatchObject({
      plan: 'enterprise',
      subscription: { priceCents: 90_000 },
    });
    const terms = { organizationId: id, plan: 'starter' as const, interval: 'month' as const };
    await expect(
      changeTerms(ctx, { ...terms, charge: 'nothing', reason: 'Asked on the phone' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await org.dispose();
  });

  it('ends a pause: a month that nobody paid for is no credit, and a whole period is charged', async () => {
    const org = await testOrganization({ plan: 'professional' });
    const id = org.organizationId;
    await payAtStripe(local, id, 'professional');
    const customerId = String((await organizationRow(id)).stripeCustomerId);
    await syncSubscription(customerId);
    const owner = org.ctx('owner');
    await pauseSubscription(owner, { attempt: randomUUID(), months: 2 });
    const subscriptionId = String((await organizationRow(id)).subscriptionId);
    expect((await local.control(`subscriptions/${subscriptionId}/renew`)).status).toBe(200);
    await syncSubscription(customerId);
    expect(await organizationRow(id)).toMatchObject({ status: 'read_only', nonPayment: null });
    await sendQuote(
      ctx,
      offer(id, { price: '700', interval: 'month', place: 'shared', isSharedAgreed: 'on' }),
    );
    const { offer: open } = await getOwnOffer(owner);
    await acceptQuote(owner, { quoteId: open?.id ?? '' });
    const row = await organizationRow(id);
    expect(row).toMatchObject({ status: 'active', plan: 'enterprise' });
    expect(row.subscription?.pause).toBeUndefined();
    const [last] = (await stripe().charges.list({ customer: customerId })).data;
    expect(last?.amount).toBe(70_000);
    await org.dispose();
  });

  it('that promised a cluster of its own waits for a person, whose yes both sides are told of', async () => {
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested', hasDatabase: false });
    const placed = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(placed));
    await pay(await openQuotePayment(await mailedToken(placed)));
    await syncSubscription(String((await organizationRow(placed)).stripeCustomerId));
    // It has what it was promised: nobody is asked, and nothing is written over.
    await organizationModel.updateOne(
      { _id: objectId(placed) },
      {
        $set: {
          placement: {
            provider: 'atlas',
            cellId: 'own',
            databaseName: 'org',
            isolation: 'dedicated-user',
            username: 'u',
            connectionString: 'sealed',
          },
        },
      },
    );
    await expect(agreeShared(ctx, { organizationId: placed })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await listQuotes(ctx, placed)).toMatchObject([{ place: 'dedicated', sharedBy: null }]);
    await expect(agreeShared(ctx, { organizationId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await sendQuote(ctx, offer(id));
    await pay(await openQuotePayment(await mailedToken(id)));
    await syncSubscription(String((await organizationRow(id)).stripeCustomerId));
    expect(await placeOrganization(id)).toMatchObject({ outcome: 'needs-operator' });
    expect((await organizationRow(id)).placement).toBeUndefined();
    await agreeShared(ctx, { organizationId: id });
    expect(await listQuotes(ctx, id)).toMatchObject([{ place: 'shared', sharedBy: 'Asha Sales' }]);
    expect(await mailLogModel.countDocuments({ key: /:shared:/, organizationId: objectId(id) })).toBe(1);
    expect(await jobModel.countDocuments({ kind: 'organization.provision', key: id })).toBe(1);
  });

  it('is refused for a customer who owes, and another organization cannot take it back', async () => {
    const customer = await billedOrganization({ status: 'past_due' });
    await expect(sendQuote(ctx, offer(customer))).rejects.toThrow(/This one owes something/);
    const id = await billedOrganization({ plan: 'enterprise', status: 'requested' });
    await sendQuote(ctx, offer(id));
    const [quote] = await listQuotes(ctx, id);
    await expect(withdrawQuote(ctx, { organizationId: customer, quoteId: quote?.id ?? '' })).rejects.toThrow(
      /could not find that quote/,
    );
    expect(await listQuotes(ctx, id)).toMatchObject([{ state: 'sent' }]);
  });

  it.each([
    ['price', '0'],
    ['price', '{"$ne":null}'],
    ['maxUsers', '0'],
    ['maxUsers', '-5'],
    ['maxStorageGib', '1e9'],
    ['validDays', '91'],
    ['place', 'shared'],
    ['place', 'elsewhere'],
  ])('refuses %s %s', (field, value) => {
    expect(() => offer('0123456789abcdef01234567', { [field]: value })).toThrow();
  });
});
