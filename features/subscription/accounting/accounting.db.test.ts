import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Read before anything asks for the configuration.
process.env.BILLING_TAX = 'on';

import { invoiceDetailsModel } from '@/features/subscription/invoice-details/model';
import { creditRefund } from '@/features/subscription/refunds/credit-note';
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

  it('goes down by the credit note of what was given back, net and tax apart, once for each refund', async () => {
    const { customerId } = await customerIn('GB');
    const row = async () => (await getTaxReport(ctx, month))?.find(({ country }) => country === 'GB');
    const before = await row();
    expect(before).toMatchObject({ invoices: 1, netMinor: 9_900, taxMinor: 1_980, totalMinor: 11_880 });
    const [charge] = (await stripe().charges.list({ customer: customerId })).data;
    const refund = await stripe().refunds.create({ charge: charge?.id ?? '', amount: 1_000 });
    await creditRefund(refund.id);
    await creditRefund(refund.id);
    const notes = (await stripe().creditNotes.list({ customer: customerId })).data;
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({
      ...{ total: 1_000, metadata: { refund: refund.id } },
      refunds: [{ refund: refund.id, amount_refunded: 1_000 }],
    });
    expect(await row()).toMatchObject({
      ...{ invoices: 1, netMinor: 9_900 - 833, taxMinor: 1_980 - 167, totalMinor: 10_880 },
    });
    const lines = (await listJournal(ctx, month)).filter(({ document }) => document === notes[0]?.number);
    expect(lines.map(({ account, debitMinor, creditMinor }) => [account, debitMinor, creditMinor])).toEqual([
      ['Revenue from subscriptions', 833, 0],
      ['Tax to be paid over', 167, 0],
      ['Refunds', 0, 1_000],
    ]);
    expect(
      (await listBookedInvoices(ctx, month)).find(({ number }) => number === notes[0]?.number),
    ).toMatchObject({ customer: 'Of GB', totalMinor: -1_000, isCreditNote: true });
    // All the rest of it: never more than was billed, and at most a cent of rounding stays.
    const rest = await stripe().refunds.create({ charge: charge?.id ?? '', amount: 10_880 });
    await creditRefund(rest.id);
    const left = (await row())?.totalMinor ?? -1;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThanOrEqual(1);
  });

  it('is said to be missing while Stripe cannot be asked, and never handed out in part', async () => {
    await local.stop();
    expect(await getTaxReport(ctx, month)).toBeNull();
    await expect(listJournal(ctx, month)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});
