import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Read before anything asks for the configuration.
process.env.BILLING_TAX = 'on';

import { invoiceDetailsModel } from '@/features/subscription/invoice-details/model';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import '@/server/master-models';
import { getTaxReport, listBookedInvoices, listJournal } from './queries';

const ctx = {
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Sam', email: 'sam@chakravue.test' },
  requestId: 'test',
};

describe('what the accounts are given', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  const month = new Date().toISOString().slice(0, 7);
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await closeConnections();
  });

  async function customerIn(country: string, taxId?: { type: 'eu_vat' | 'in_gst'; value: string }) {
    const id = await billedOrganization();
    await invoiceDetailsModel.create({
      _id: objectId(id),
      legalName: `Of ${country}`,
      address: { line1: '1 Road', city: 'A', country, state: 'Kerala' },
      ...(taxId ? { taxId } : {}),
    });
    return payAtStripe(local, id);
  }

  it('is each invoice and each payment of the month, to the cent, in entries that balance', async () => {
    await customerIn('IN', { type: 'in_gst', value: '27AAPFU0939F1ZV' });
    const { customerId } = await customerIn('DE', { type: 'eu_vat', value: 'DE136695976' });
    await customerIn('US');
    const [charge] = (await stripe().charges.list({ customer: customerId })).data;
    await stripe().refunds.create({ charge: charge?.id ?? '', amount: 1_000 });

    expect(await getTaxReport(ctx, month)).toMatchObject([
      { country: 'DE', treatment: 'reverse-charge', netMinor: 9_900, taxMinor: 0 },
      {
        country: 'IN',
        state: 'Kerala',
        treatment: 'taxed',
        netMinor: 9_900,
        taxMinor: 1_782,
        totalMinor: 11_682,
      },
      { country: 'US', treatment: 'untaxed', netMinor: 9_900, taxMinor: 0 },
    ]);
    const invoices = await listBookedInvoices(ctx, month);
    expect(invoices.map(({ customer }) => customer).sort()).toEqual(['Of DE', 'Of IN', 'Of US']);
    const journal = await listJournal(ctx, month);
    const balances = new Map<string, number>();
    for (const { document, debitMinor, creditMinor } of journal)
      balances.set(document, (balances.get(document) ?? 0) + debitMinor - creditMinor);
    // Three invoices, three payments, one that went back.
    expect([...balances.values()]).toEqual(Array(7).fill(0));
    const of = (account: string) =>
      journal
        .filter((line) => line.account === account)
        .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);
    expect(of('Receivables')).toBe(0);
    expect(of('Stripe')).toBe(9_900 * 3 + 1_782 - 1_000);
    expect(of('Tax to be paid over')).toBe(-1_782);
    expect(await getTaxReport(ctx, '2020-01')).toEqual([]);
    expect(await listJournal(ctx, '2020-01')).toEqual([]);
  });

  it('is said to be missing while Stripe cannot be asked, and never handed out in part', async () => {
    await local.stop();
    expect(await getTaxReport(ctx, month)).toBeNull();
    await expect(listJournal(ctx, month)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});
