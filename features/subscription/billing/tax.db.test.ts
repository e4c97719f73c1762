import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { createCheckout } from './checkout';
import { syncSubscription } from './sync';

// Read before anything asks for the configuration.
process.env.BILLING_TAX = 'on';

describe('tax, where it is switched on', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  it('is asked for at the payment page, stands on the invoice with the tax id, and comes into our copy', async () => {
    const id = await billedOrganization();
    const { sessionId } = await createCheckout(id, 'starter');
    const session = await stripe().checkout.sessions.retrieve(sessionId);
    expect(session).toMatchObject({
      automatic_tax: { enabled: true },
      tax_id_collection: { enabled: true },
      billing_address_collection: 'required',
      allow_promotion_codes: true,
    });

    // What the payer types on Stripe's own page.
    const customer = String(session.customer);
    await stripe().customers.update(customer, { address: { country: 'IN', line1: '1 Ring Road' } });
    await stripe().customers.createTaxId(customer, { type: 'in_gst', value: '12ABCDE3456FGZH' });
    expect((await local.control(`checkout/${sessionId}/complete`)).status).toBe(200);
    await syncSubscription(customer);

    const [invoice] = (await stripe().invoices.list({ customer })).data;
    expect(invoice).toMatchObject({
      subtotal: 9_900,
      total: 11_682,
      customer_tax_ids: [{ type: 'in_gst', value: '12ABCDE3456FGZH' }],
    });
    expect((await organizationRow(id)).subscription).toMatchObject({
      isTaxAutomatic: true,
      // Revenue is without tax.
      priceCents: 9_900,
      latestInvoice: { totalCents: 11_682, taxCents: 1_782, remainingCents: 0 },
    });
  });
});
