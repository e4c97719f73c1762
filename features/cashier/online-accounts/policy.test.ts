import { describe, expect, it } from 'vitest';
import { fromStripeAmount, isLiveKey, mayBeReceived, SECRET_KEY, toStripeAmount } from './policy';

describe('an amount at Stripe', () => {
  it.each([
    ['INR', 50_000, 50_000],
    ['JPY', 500, 500],
    ['KWD', 12_340, 12_340],
    // Two decimals at Stripe, none in the world.
    ['UGX', 500, 50_000],
  ])('of %s %d is %d, and back', (currency, minor, amount) => {
    expect(toStripeAmount(minor, currency)).toBe(amount);
    expect(fromStripeAmount(amount, currency)).toBe(minor);
  });

  it('is none where Stripe has no such amount', () => {
    expect(toStripeAmount(12_345, 'KWD')).toBeNull();
    expect(fromStripeAmount(50_050, 'UGX')).toBeNull();
  });
});

describe('a key', () => {
  it('of test mode is for trying out, and for nothing where money is real', () => {
    expect(mayBeReceived('sk_test_12345678', undefined)).toBe(true);
    expect(mayBeReceived('sk_test_12345678', 'sk_test_of_ours')).toBe(true);
    expect(mayBeReceived('sk_test_12345678', 'sk_live_of_ours')).toBe(false);
    expect(mayBeReceived('rk_live_12345678', 'sk_live_of_ours')).toBe(true);
  });

  it('is a secret or a restricted one, of test or live mode', () => {
    for (const key of ['sk_test_12345678', 'rk_live_abcDEF123456']) expect(key).toMatch(SECRET_KEY);
    for (const key of ['pk_test_12345678', 'sk_test_', 'sk_test_1234 5678', 'whsec_12345678', ''])
      expect(key).not.toMatch(SECRET_KEY);
    expect(['sk_live_12345678', 'rk_live_12345678', 'sk_test_live_1234'].map(isLiveKey)).toEqual([
      ...[true, true, false],
    ]);
  });
});
