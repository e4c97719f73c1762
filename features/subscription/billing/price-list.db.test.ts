import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Read before anything asks for the configuration.
process.env.BILLING_CURRENCIES = 'usd,inr,eur,gbp,aed';

import { getPlatformFigures } from '@/features/platform/overview/queries/overview';
import { sendQuoteInput } from '@/features/subscription/quotes/schema';
import { sendQuote } from '@/features/subscription/quotes/service';
import { getRevenueNow, listFigure } from '@/features/subscription/revenue/queries';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import '@/server/master-models';
import { createCheckout } from './checkout';
import { priceCents } from './plans';
import { SOLD_CURRENCIES, sellingCurrency } from './price-list';
import { syncSubscription } from './sync';

const company = {
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Sam', email: 'sam@chakravue.test' },
  requestId: 'test',
};
const all = { home: 'usd', offered: SOLD_CURRENCIES };

describe('the currency of a plan', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });
  const of = async (country: string) => {
    const id = await billedOrganization();
    await organizationModel.updateOne({ _id: objectId(id) }, { $set: { country } });
    return id;
  };

  it.each([
    ['IN', 'inr'],
    ['GB', 'gbp'],
    ['AE', 'aed'],
    ['FR', 'eur'],
    ['US', 'usd'],
    // Yen and dinars are not sold in, and unknown countries have none.
    ['JP', 'usd'],
    ['KW', 'usd'],
    ['XX', 'usd'],
  ])('of %s is %s where it is sold in, and that of the installation elsewhere', (country, currency) => {
    expect(sellingCurrency(country, all)).toBe(currency);
    expect(sellingCurrency(country, { home: 'usd', offered: [] })).toBe('usd');
  });

  it('has a price for each plan, ten months a year, and dollars’ figures where it has none of its own', () => {
    for (const currency of SOLD_CURRENCIES)
      expect(priceCents('starter', 'year', currency)).toBe(
        (priceCents('starter', 'month', currency) ?? 0) * 10,
      );
    expect(priceCents('professional', 'month', 'inr')).toBe(1_499_900);
    expect(priceCents('starter', 'month', 'chf')).toBe(priceCents('starter', 'month', 'usd'));
    expect(priceCents('enterprise', 'month', 'inr')).toBeNull();
  });

  it('is the country’s at the payment page, stays when the country changes, and is one product at Stripe', async () => {
    const india = await of('IN');
    await createCheckout(await of('US'), 'starter');
    const { customerId } = await payAtStripe(local, india);
    await syncSubscription(customerId);
    expect((await organizationRow(india)).subscription).toMatchObject({
      currency: 'inr',
      priceCents: 499_900,
    });
    const [invoice] = (await stripe().invoices.list({ customer: customerId })).data;
    expect(invoice).toMatchObject({ currency: 'inr', total: 499_900 });
    await organizationModel.updateOne({ _id: objectId(india) }, { $set: { country: 'GB' } });
    const { sessionId } = await createCheckout(india, 'professional');
    expect((await stripe().checkout.sessions.retrieve(sessionId)).currency).toBe('inr');
    expect((await stripe().products.list({ limit: 100 })).data).toHaveLength(2);
  });

  it('is never added to another in what the company counts', async () => {
    for (const country of ['IN', 'GB', 'US']) {
      const { customerId } = await payAtStripe(local, await of(country), 'professional');
      await syncSubscription(customerId);
    }
    const { mrr } = await getPlatformFigures(company);
    const pounds = await getRevenueNow(company, 'gbp');
    expect(mrr.find(({ currency }) => currency === 'gbp')?.cents).toBe(pounds.mrrCents);
    expect(pounds.mrrCents % 23_900).toBe(0);
    expect(pounds.others.map(({ currency }) => currency)).toEqual(expect.arrayContaining(['inr', 'usd']));
    const { rows } = await listFigure(company, 'mrr', { currency: 'gbp' });
    expect(rows.reduce((sum, { cents }) => sum + (cents ?? 0), 0)).toBe(pounds.mrrCents);
  });

  it('says how many decimals an offer has', async () => {
    const id = await of('IN');
    const offer = (price: string) =>
      sendQuoteInput.parse({
        organizationId: id,
        price,
        interval: 'month',
        maxUsers: '',
        maxStorageGib: '',
        validDays: '30',
      });
    await sendQuote(company, offer('1,25,000.50'));
    const sent = () =>
      quoteModel
        .findOne({ organizationId: objectId(id), state: 'sent' })
        .orFail()
        .lean();
    expect(await sent()).toMatchObject({ currency: 'inr', priceCents: 12_500_050 });
    await expect(sendQuote(company, offer('10.505'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'price',
    });
    await organizationModel.updateOne(
      { _id: objectId(id) },
      {
        $set: {
          status: 'active',
          subscription: {
            ...{ status: 'active', plan: 'starter', priceCents: 14_800, currency: 'jpy', interval: 'month' },
            ...{ quantity: 1, currentPeriodEnd: new Date(), cancelAtPeriodEnd: false, syncedAt: new Date() },
          },
        },
      },
    );
    await sendQuote(company, offer('148000'));
    expect(await sent()).toMatchObject({ currency: 'jpy', priceCents: 148_000 });
    await expect(sendQuote(company, offer('148000.5'))).rejects.toMatchObject({ field: 'price' });
  });
});
