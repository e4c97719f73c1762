import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from '../emulator';
import { control, makeCheckout, newDataFile, sdk } from '../test-support';

describe('the invoice as a file', () => {
  let emulator: StripeEmulator;
  let stripe: Stripe;
  beforeEach(async () => {
    emulator = await startStripeEmulator({ dataFile: newDataFile() });
    stripe = sdk(emulator.url);
  });
  afterEach(() => emulator.stop());

  it('is a PDF with the invoice’s number on it, at the address that the invoice gives', async () => {
    const { session } = await makeCheckout(stripe);
    await control(emulator.url, `checkout/${session.id}/complete`);
    const [invoice] = (await stripe.invoices.list({ limit: 1 })).data;
    const response = await fetch(invoice?.invoice_pdf ?? '');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).toContain(invoice?.number ?? 'no number');
  });

  it('is not there for an unknown invoice', async () => {
    expect((await fetch(`${emulator.url}/i/in_nobody/pdf`)).status).toBe(404);
  });
});
