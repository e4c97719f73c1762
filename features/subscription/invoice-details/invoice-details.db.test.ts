import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Read before anything asks for the configuration.
process.env.BILLING_TAX = 'on';

import { createCheckout } from '@/features/subscription/billing/checkout';
import { recipientsOf } from '@/features/subscription/billing/mails';
import { reconcileOrganization } from '@/features/subscription/billing/reconcile';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { listInvoices } from '@/features/subscription/plan-changes/queries';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { invoiceDetailsModel } from './model';
import { getInvoiceDetails } from './queries';
import { saveInvoiceDetailsInput } from './schema';
import { forgetInvoiceDetails, saveInvoiceDetails } from './service';

const GSTIN = '27AAPFU0939F1ZV';

describe('whom invoices are for', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  let hospital: Awaited<ReturnType<typeof testOrganization>>;
  beforeAll(async () => {
    local = await startStripe();
    hospital = await testOrganization();
  });
  afterAll(async () => {
    await hospital.dispose();
    await closeConnections();
  });

  const save = async (more: Record<string, string> = {}) => {
    const owner = hospital.ctx('owner');
    const { version } = await getInvoiceDetails(owner);
    const typed = {
      ...{ legalName: 'Sunrise Eye Care Private Limited', line1: '1 Ring Road', city: 'Pune' },
      ...{ state: 'Maharashtra', postalCode: '411001', country: 'IN', taxId: '27 AAPFU0939F1ZV' },
      ...{ purchaseOrder: 'PO-7', emails: 'accounts@sunrise.test', version, ...more },
    };
    await saveInvoiceDetails(owner, saveInvoiceDetailsInput.parse(typed));
  };
  const pay = async (organizationId: string) => {
    const { sessionId } = await createCheckout(organizationId, 'starter');
    const session = await stripe().checkout.sessions.retrieve(sessionId);
    return { session, paid: await local.control(`checkout/${sessionId}/complete`) };
  };

  it('is said before the first payment, is not asked again, and stands on the invoice with its tax', async () => {
    expect(await getInvoiceDetails(hospital.ctx('owner'))).toMatchObject({ isKnown: false, country: 'IN' });
    await save();
    const { session, paid } = await pay(hospital.organizationId);
    expect(session.automatic_tax.enabled).toBe(true);
    expect(session.tax_id_collection?.enabled ?? false).toBe(false);
    expect(paid.status).toBe(200);
    const [invoice] = (await stripe().invoices.list({ customer: String(session.customer) })).data;
    expect(invoice).toMatchObject({
      customer_name: 'Sunrise Eye Care Private Limited',
      customer_email: 'accounts@sunrise.test',
      customer_address: { line1: '1 Ring Road', city: 'Pune', country: 'IN', postal_code: '411001' },
      customer_tax_ids: [{ type: 'in_gst', value: GSTIN }],
      custom_fields: [
        { name: 'Purchase order', value: 'PO-7' },
        { name: 'HSN/SAC', value: '997331' },
        { name: 'Tax payable on reverse charge', value: 'No' },
      ],
      subtotal: 9_900,
      total: 11_682,
    });
    await syncSubscription(String(session.customer));
    expect((await recipientsOf(objectId(hospital.organizationId))).map(({ email }) => email)).toEqual([
      hospital.owner.email,
      'accounts@sunrise.test',
    ]);
  });

  it('is changed for the invoices to come, with one tax number and no other; nothing is kept that Stripe refuses', async () => {
    const customer = String((await organizationRow(hospital.organizationId)).stripeCustomerId);
    await save({ country: 'GB', state: '', taxId: 'GB980780684', purchaseOrder: '', emails: '' });
    const taxIds = await stripe().customers.listTaxIds(customer);
    expect(taxIds.data.map(({ type, value }) => [type, value])).toEqual([['gb_vat', 'GB980780684']]);
    expect(await stripe().customers.retrieve(customer)).toMatchObject({
      email: (await organizationRow(hospital.organizationId)).email,
      invoice_settings: { custom_fields: null },
    });
    await expect(save({ taxId: '27AAPFU0939F1ZX' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'taxId',
    });
    expect(await getInvoiceDetails(hospital.ctx('owner'))).toMatchObject({
      legalName: 'Sunrise Eye Care Private Limited',
      country: 'GB',
      taxId: 'GB980780684',
      purchaseOrder: '',
    });
  });

  it('says the code of the service also for who was a customer before, and leaves what else is there', async () => {
    const id = await billedOrganization();
    const { customerId } = await payAtStripe(local, id);
    const own = { name: 'Cost centre', value: 'Eyes 4' };
    const put = (custom_fields: { name: string; value: string }[]) =>
      stripe().customers.update(customerId, { invoice_settings: { custom_fields } });
    const fields = async () => {
      const customer = await stripe().customers.retrieve(customerId);
      return customer.deleted ? null : customer.invoice_settings.custom_fields;
    };
    const wanted = [
      { name: 'HSN/SAC', value: '997331' },
      { name: 'Tax payable on reverse charge', value: 'No' },
    ];
    for (const before of [[own], [own, { name: 'HSN/SAC', value: '998314' }]]) {
      await put(before);
      await reconcileOrganization(id);
      expect(await fields()).toEqual([...wanted, own]);
    }
    const asked = async () =>
      (await stripe().events.list({ type: 'customer.updated', limit: 100 })).data.length;
    const before = await asked();
    await reconcileOrganization(id);
    expect(await asked()).toBe(before);
    const abroad = await billedOrganization();
    await organizationModel.updateOne({ _id: objectId(abroad) }, { $set: { country: 'DE' } });
    const { customerId: german } = await payAtStripe(local, abroad);
    await reconcileOrganization(abroad);
    expect(await stripe().customers.retrieve(german)).toMatchObject({
      invoice_settings: { custom_fields: null },
    });
  });

  it('is refused from a form that was opened before a colleague saved', async () => {
    const owner = hospital.ctx('owner');
    const { version } = await getInvoiceDetails(owner);
    await invoiceDetailsModel.updateOne(
      { _id: objectId(hospital.organizationId) },
      { $set: { legalName: 'A colleague was quicker' } },
    );
    await expect(save({ version })).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = await testOrganization();
    expect(await getInvoiceDetails(other.ctx('owner'))).toMatchObject({ isKnown: false, legalName: '' });
    await other.dispose();
  });

  it('is taken from what a payer typed on Stripe’s page, once, and goes with the organization', async () => {
    const id = await billedOrganization();
    const { session } = await pay(id);
    const customer = String(session.customer);
    await stripe().customers.update(customer, {
      name: 'Typed There Ltd',
      address: { line1: '2 Quay', city: 'Cork', country: 'IE' },
    });
    await stripe().customers.createTaxId(customer, { type: 'eu_vat', value: 'IE6433435F' });
    await syncSubscription(customer);
    const known = () => invoiceDetailsModel.findById(objectId(id)).lean();
    expect(await known()).toMatchObject({ legalName: 'Typed There Ltd', taxId: { value: 'IE6433435F' } });
    await stripe().customers.update(customer, { name: 'Changed later' });
    await syncSubscription(customer);
    expect(await known()).toMatchObject({ legalName: 'Typed There Ltd' });
    await forgetInvoiceDetails(id);
    expect(await known()).toBeNull();
    expect(await listInvoices({ organizationId: id }, { after: undefined, before: undefined })).toMatchObject(
      {
        rows: [{ isReverseCharge: false }],
      },
    );
  });

  it('abroad with a tax number owes the tax itself, and the list of invoices says so', async () => {
    const id = await billedOrganization();
    await invoiceDetailsModel.create({
      _id: objectId(id),
      legalName: 'Augen GmbH',
      address: { line1: 'Ring 1', city: 'Berlin', country: 'DE' },
      taxId: { type: 'eu_vat', value: 'DE136695976' },
    });
    await pay(id);
    const page = await listInvoices({ organizationId: id }, { after: undefined, before: undefined });
    expect(page?.rows).toMatchObject([{ cents: 9_900, taxCents: 0, isReverseCharge: true }]);
  });

  it('is not kept while Stripe cannot be told', async () => {
    const before = await getInvoiceDetails(hospital.ctx('owner'));
    await local.stop();
    await expect(save({ legalName: 'Another Limited' })).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await getInvoiceDetails(hospital.ctx('owner'))).toEqual(before);
  });
});
