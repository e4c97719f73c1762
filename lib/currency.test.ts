import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountInWords, numberInWords } from './amount-in-words';
import {
  currencyOf,
  decimalOf,
  exponentOf,
  formatAmount,
  formatFigure,
  isBeyondAmounts,
  minorOf,
  readDecimal,
} from './currency';
import { apportion, divideRounded, rateOf, roundedTo } from './rounding';

const INDIA = { code: 'INR', locale: 'en-IN' };
const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });

describe('an amount', () => {
  it('is written with the currency, the decimals and the grouping of its organization', () => {
    expect(formatAmount(10_000_000, INDIA)).toBe('₹1,00,000.00');
    expect(formatFigure(-123_456_789, INDIA)).toBe('-12,34,567.89');
    expect(formatAmount(123_456, { code: 'USD', locale: 'en-US' })).toBe('$1,234.56');
    expect(formatAmount(1_234, { code: 'JPY', locale: 'en-JP' })).toMatch(/1,234$/);
    expect(formatFigure(1_234_567, { code: 'KWD', locale: 'en-KW' })).toBe('1,234.567');
    expect(['INR', 'JPY', 'KWD'].map(exponentOf)).toEqual([2, 0, 3]);
    expect([currencyOf('IN'), currencyOf('DE'), currencyOf('AQ')]).toEqual(['INR', 'EUR', 'USD']);
  });

  it('is read as typed, with Indian commas too, and never guessed', () => {
    const read = (text: string) => minorOf(readDecimal(text) ?? 'x', 'INR');
    expect(read('1,00,000.50')).toBe(10_000_050);
    expect(read(' 500 ')).toBe(50_000);
    expect(read('0.5')).toBe(50);
    for (const wrong of ['', '12,50', '1.234', '-5', '1e3', '1,0', '₹5', 'NaN', '.5', '1,00,000,00'])
      expect([wrong, readDecimal(wrong) === null ? null : read(wrong)]).toEqual([wrong, null]);
    expect(minorOf('1.5', 'JPY')).toBeNull();
    // Only too large, which is said otherwise.
    const beyond = [
      '1000000000',
      '1,00,00,00,000.50',
      '999999999',
      '0001',
      '1e9',
      '12.34.56',
      '99999999999x',
    ];
    expect(beyond.map(isBeyondAmounts)).toEqual([true, true, false, false, false, false, false]);
  });

  it('comes back from its decimal text, in currencies of 0, 2 and 3 decimals', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('JPY', 'INR', 'KWD'), (minor, code) => {
        expect(minorOf(decimalOf(minor, code), code)).toBe(minor);
      }),
    );
  });

  it('is said in words, in crore and lakh where people count so', () => {
    expect(amountInWords(12_345_650, 'INR')).toBe(
      'Rupees One Lakh Twenty-Three Thousand Four Hundred Fifty-Six and Fifty Paise Only',
    );
    expect(amountInWords(100, 'INR')).toBe('Rupee One Only');
    expect(numberInWords(1_234_567, true)).toBe('Twelve Lakh Thirty-Four Thousand Five Hundred Sixty-Seven');
    expect(numberInWords(1_234_567)).toBe(
      'One Million Two Hundred Thirty-Four Thousand Five Hundred Sixty-Seven',
    );
    expect(numberInWords(15_000_000_000, true)).toBe('One Thousand Five Hundred Crore');
    expect(amountInWords(2_005, 'CHF')).toBe('CHF Twenty and 05/100 Only');
    expect(amountInWords(0, 'INR')).toBe('Rupees Zero Only');
  });
});

describe('rounding', () => {
  it('is half up, mirrored below zero, and exact where a float is not', () => {
    expect([5n, 15n, 25n, 24n, -5n, -15n].map((one) => divideRounded(one, 10n))).toEqual([
      1, 2, 3, 2, -1, -2,
    ]);
    expect(rateOf(900_719_925_474_099, 10_000)).toBe(900_719_925_474_099);
    expect([10_049, 10_050, -10_050].map((one) => roundedTo(one, 100))).toEqual([10_000, 10_100, -10_100]);
  });

  it('cuts an amount into parts that sum up to it and are never above their weight', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 10_000 }), (of, share) => {
        const sum = of.reduce((all, one) => all + one, 0);
        const minor = rateOf(sum, share);
        const parts = apportion(minor, of);
        expect(parts.reduce((all, one) => all + one, 0)).toBe(sum === 0 ? 0 : minor);
        for (const [index, part] of parts.entries()) expect(part).toBeLessThanOrEqual(of[index] ?? 0);
      }),
    );
  });
});
