import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stripe } from '@/lib/stripe/client';
import { startStripe } from '@/tests/emulators/stripe';
import { ensureCatalog } from './catalog';

describe('ensureCatalog', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
  });
  afterAll(() => local.stop());

  it('makes each price once: a year costs ten months', async () => {
    const rows = await ensureCatalog();
    expect(rows.map(({ lookupKey, amountCents, outcome }) => [lookupKey, amountCents, outcome])).toEqual([
      ['chakravue_starter_monthly', 9_900, 'made'],
      ['chakravue_starter_yearly', 99_000, 'made'],
      ['chakravue_professional_monthly', 29_900, 'made'],
      ['chakravue_professional_yearly', 299_000, 'made'],
    ]);
    const again = await ensureCatalog();
    expect(again.map(({ priceId, outcome }) => [priceId, outcome])).toEqual(
      rows.map(({ priceId }) => [priceId, 'found']),
    );
    expect((await stripe().products.list({ limit: 100 })).data).toHaveLength(2);
  });

  it('moves the lookup key to a new price where the amount differs, and leaves the old one be', async () => {
    const [first] = await ensureCatalog();
    if (!first) throw new Error('no price');
    const { product } = await stripe().prices.retrieve(first.priceId);
    const wrong = await stripe().prices.create({
      product: String(product),
      currency: 'usd',
      unit_amount: 1_234,
      recurring: { interval: 'month' },
      lookup_key: first.lookupKey,
      transfer_lookup_key: true,
      metadata: { plan: 'starter' },
    });
    const [moved] = await ensureCatalog();
    expect(moved).toMatchObject({ outcome: 'moved', amountCents: 9_900 });
    expect(moved?.priceId).not.toBe(wrong.id);
    expect((await stripe().prices.retrieve(wrong.id)).active).toBe(true);
  });
});
