import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { TAX_ID_TYPES, type TaxIdType, taxIdKindOf } from './policy';
import { saveInvoiceDetailsInput } from './schema';
import { detailsAtSignup } from './service';
import { readTaxNumber } from './tax-numbers';

describe('a tax number', () => {
  it.each([
    ['IN', '27 aapfu0939f1zv', '27AAPFU0939F1ZV'],
    ['GB', 'GB980780684', 'GB980780684'],
    ['GB', '980 7806 84', 'GB980780684'],
    ['DE', '136695976', 'DE136695976'],
    ['FR', 'FR 40 303 265 045', 'FR40303265045'],
    ['GR', '094259216', 'EL094259216'],
    ['AE', '100-1234-5670-0003', '100123456700003'],
    ['AU', '83 914 571 673', '83914571673'],
    ['US', '91-1144442', '911144442'],
    ['NP', '301234567', '301234567'],
  ])('of %s is read from %s', (country, given, stored) => {
    expect(readTaxNumber(taxIdKindOf(country)?.type ?? 'us_ein', country, given)).toBe(stored);
  });

  it.each([
    ['IN', '27AAPFU0939F1ZW'],
    ['IN', '27AAPFU0939F1'],
    ['GB', 'GB980780685'],
    // Another country's.
    ['DE', 'FR40303265045'],
    ['DE', '136695977'],
    ['AE', '200123456700003'],
    ['AU', '83914571674'],
    ['US', '{"$ne":null}'],
  ])('of %s is not %s', (country, given) => {
    expect(readTaxNumber(taxIdKindOf(country)?.type ?? 'us_ein', country, given)).toBeNull();
  });

  it('has an example that is one, for each kind that Stripe is told of', () => {
    const countries = 'IN GB DE AE AU CH NP NZ SG US'.split(' ');
    const kinds = countries.map((country) => ({ country, kind: taxIdKindOf(country) }));
    expect(new Set(kinds.map(({ kind }) => kind?.type))).toEqual(new Set<TaxIdType>(TAX_ID_TYPES));
    for (const { country, kind } of kinds)
      expect(kind && readTaxNumber(kind.type, country, kind.example), country).not.toBeNull();
    expect(taxIdKindOf('BR')).toBeNull();
  });
});

describe('what is typed at sign-up', () => {
  it('is nothing, or all that an invoice needs, each mistake at its own field', () => {
    expect(detailsAtSignup({}, 'IN')).toBeNull();
    expect(detailsAtSignup({ invoiceLegalName: '', invoiceTaxId: '' }, 'IN')).toBeNull();
    const whole = {
      ...{ invoiceLegalName: 'Sunrise Ltd', invoiceLine1: '1 Road', invoiceCity: 'Pune' },
      ...{ invoiceState: 'Maharashtra', invoiceTaxId: '27AAPFU0939F1ZV', invoicePurchaseOrder: 'PO-1' },
    };
    expect(detailsAtSignup(whole, 'IN')).toMatchObject({
      taxId: { type: 'in_gst', value: '27AAPFU0939F1ZV' },
      purchaseOrder: 'PO-1',
      address: { country: 'IN', state: 'Maharashtra' },
    });
    const fieldOf = (more: object): string | undefined => {
      try {
        detailsAtSignup({ ...whole, ...more }, 'IN');
        return undefined;
      } catch (error) {
        return error instanceof AppError ? error.field : 'no AppError';
      }
    };
    expect(fieldOf({ invoiceLine1: '' })).toBe('invoiceLine1');
    expect(fieldOf({ invoiceState: '' })).toBe('invoiceState');
    expect(fieldOf({ invoiceTaxId: '27AAPFU0939F1ZX' })).toBe('invoiceTaxId');
    expect(fieldOf({ invoiceEmails: 'nobody' })).toBe('invoiceEmails');
  });
});

describe('what is typed of whom invoices are for', () => {
  const typed = {
    legalName: 'Sunrise Eye Care Private Limited',
    line1: '1 Ring Road',
    city: 'Pune',
    state: 'Maharashtra',
    country: 'IN',
    emails: 'accounts@sunrise.test; ACCOUNTS@sunrise.test,\n owner@sunrise.test',
    version: 'a'.repeat(22),
  };
  it('has each address once, and a state where the tax depends on it', () => {
    expect(saveInvoiceDetailsInput.parse(typed).emails).toEqual([
      'ACCOUNTS@sunrise.test',
      'owner@sunrise.test',
    ]);
    expect(saveInvoiceDetailsInput.safeParse({ ...typed, state: '' }).success).toBe(false);
    expect(saveInvoiceDetailsInput.safeParse({ ...typed, state: '', country: 'DE' }).success).toBe(true);
    for (const [field, value] of [
      ['legalName', ''],
      ['emails', 'nobody'],
      ['emails', 'a@b.in b@b.in c@b.in d@b.in'],
      ['country', 'XX'],
      ['line1', { $ne: null }],
    ] as const)
      expect(saveInvoiceDetailsInput.safeParse({ ...typed, [field]: value }).success, field).toBe(false);
  });
});
