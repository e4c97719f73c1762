import { describe, expect, it } from 'vitest';
import { formatMoney } from './money';

describe('an amount in the smallest unit', () => {
  it.each([
    [9_900, 'usd', '$99'],
    [9_950, 'usd', '$99.50'],
    [-50, 'usd', '-$0.50'],
    [9_900, 'jpy', '¥9,900'],
    [9_900, 'bhd', 'BHD\u00a09.900'],
    [9_000, 'kwd', 'KWD\u00a09'],
    [799_900, 'inr', '₹7,999'],
  ])('%d %s is %s', (minor, currency, words) => {
    expect(formatMoney(minor, currency)).toBe(words);
  });
});
