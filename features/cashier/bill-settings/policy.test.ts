import { describe, expect, it } from 'vitest';
import { gstinCheckDigit, isTaxNumber } from '@/lib/tax-number';
import { dayOf } from '@/lib/time';
import { documentNumber, financialYearOf, SERIES } from './policy';
import { billSettingsInput } from './schema';

describe('the number of a bill', () => {
  it('begins again on 1 April, and not a day before', () => {
    expect(financialYearOf('2027-03-31', 4)).toBe('2627');
    expect(financialYearOf('2027-04-01', 4)).toBe('2728');
    expect(financialYearOf('2099-12-31', 4)).toBe('9900');
    expect(financialYearOf('2026-12-31', 1)).toBe('2026');
  });

  it('is of the year that it is at the hospital: 31 March 23:59:59 and 1 April 00:00:00 in India', () => {
    const yearAt = (instant: string) => financialYearOf(dayOf(new Date(instant), 'Asia/Kolkata'), 4);
    expect(yearAt('2027-03-31T18:29:59Z')).toBe('2627');
    expect(yearAt('2027-03-31T18:30:00Z')).toBe('2728');
  });

  it('has at most 16 characters with the longest prefix, and begins with a letter or a digit', () => {
    for (const kind of Object.keys(SERIES) as (keyof typeof SERIES)[]) {
      const number = documentNumber('H1X', kind, '2627', 123);
      expect(number.length).toBeLessThanOrEqual(16);
      expect(number).toMatch(/^[A-Z0-9][A-Z0-9/]+$/);
    }
    expect(documentNumber('', 'bill', '2627', 7)).toBe('B/2627/000007');
  });

  it('is no other series’ number: one letter, and each its own, ends what stands before the year', () => {
    const letters = Object.values(SERIES);
    expect(letters.every((letter) => /^[A-Z]$/.test(letter))).toBe(true);
    expect(new Set(letters).size).toBe(letters.length);
    // Letters of the series are allowed in prefixes: HB of receipts is not H of anything.
    const prefixes = ['', ...letters, 'H', 'HB', 'HBR', 'BB', 'B1', ...letters.map((one) => `H${one}`)];
    const heads = [...new Set(prefixes)].flatMap((prefix) =>
      (Object.keys(SERIES) as (keyof typeof SERIES)[]).map((kind) => documentNumber(prefix, kind, '2627', 1)),
    );
    expect(new Set(heads).size).toBe(heads.length);
  });
});

describe('a GSTIN', () => {
  it('is refused when one sign is wrong', () => {
    expect(gstinCheckDigit('27AAPFU0939F1Z')).toBe('V');
    expect(isTaxNumber('IN', '27AAPFU0939F1ZV')).toBe(true);
    expect(isTaxNumber('IN', '29AAGCB7383J1Z4')).toBe(true);
    for (const wrong of ['27AAPFU0939F1ZW', '28AAPFU0939F1ZV', '00AAPFU0939F1ZV', '27AAPFU0993F1ZV'])
      expect(isTaxNumber('IN', wrong)).toBe(false);
    expect(isTaxNumber('IN', 'GB 123 4567 73')).toBe(false);
  });

  it('is asked for in India alone: the number of the Emirates has 15 digits as well', () => {
    expect(isTaxNumber('AE', '100123456700003')).toBe(true);
    expect(isTaxNumber('GB', 'GB 123 4567 73')).toBe(true);
    expect(isTaxNumber('AE', '?')).toBe(false);
  });
});

describe('the settings', () => {
  it('read amounts and percentages, and leave out what is empty', () => {
    const parsed = billSettingsInput.parse({ discountLimit: '12.5', cashLimit: '1,00,000', isRounded: 'on' });
    expect(parsed).toMatchObject({
      discountLimit: 1_250,
      cashLimit: '100000',
      isRounded: true,
      numberPrefix: '',
    });
    expect(billSettingsInput.safeParse({ discountLimit: '101' }).success).toBe(false);
    expect(billSettingsInput.safeParse({ upiAddress: 'no address' }).success).toBe(false);
    expect(billSettingsInput.safeParse({ numberPrefix: '/X' }).success).toBe(false);
  });
});
