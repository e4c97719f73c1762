import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageText, isValidOn, payerShare, type ShareTerms, shareProblem } from './policy';

const terms = (more: Partial<ShareTerms> = {}): ShareTerms => ({
  ...{ share: { kind: 'covered' }, notCoveredMinor: 0, limitMinor: null, coPayBp: 0 },
  ...more,
});

describe('the share of a payer', () => {
  it('is all of the bill, or the least of what is covered and what was approved, less the co-payment', () => {
    expect(payerShare(100_000, terms())).toBe(100_000);
    expect(payerShare(100_000, terms({ notCoveredMinor: 12_500 }))).toBe(87_500);
    expect(payerShare(100_000, terms({ limitMinor: 60_000 }))).toBe(60_000);
    expect(payerShare(100_000, terms({ notCoveredMinor: 50_000, limitMinor: 60_000 }))).toBe(50_000);
    expect(payerShare(100_000, terms({ limitMinor: 60_000, coPayBp: 1_000 }))).toBe(54_000);
    expect(payerShare(100_000, terms({ share: { kind: 'rate', rateBp: 8_000 } }))).toBe(80_000);
    expect(
      payerShare(100_000, terms({ share: { kind: 'rate', rateBp: 8_000 }, notCoveredMinor: 50_000 })),
    ).toBe(40_000);
    expect(payerShare(100_000, terms({ share: { kind: 'amount', minor: 30_001 } }))).toBe(30_001);
  });

  it('is refused in words above the bill, what is covered of it or what the payer allows', () => {
    const inr = { code: 'INR', locale: 'en-IN' };
    const amount = (minor: number, more: Partial<ShareTerms> = {}) =>
      shareProblem(100_000, terms({ share: { kind: 'amount', minor }, ...more }), inr);
    expect(amount(100_000)).toBeNull();
    expect(amount(100_001)).toMatchObject({
      field: 'shareAmount',
      sentence: expect.stringContaining('the bill'),
    });
    expect(amount(90_000, { notCoveredMinor: 20_000 })?.sentence).toMatch(/Only ₹800.* covered/);
    expect(amount(60_000, { limitMinor: 60_000 })).toBeNull();
    expect(amount(60_001, { limitMinor: 60_000 })?.sentence).toMatch(/at most ₹600/);
    expect(shareProblem(100_000, terms({ notCoveredMinor: 100_001 }), inr)?.field).toBe('notCovered');
    const rate = terms({ share: { kind: 'rate', rateBp: 10_001 } });
    expect(shareProblem(100_000, rate, inr)?.field).toBe('shareRate');
    // A limit is the payer's own, and what is covered stays at it without a word.
    expect(shareProblem(100_000, terms({ limitMinor: 1 }), inr)).toBeNull();
  });

  it('never is more than the bill, what is covered or the limit, nor below nothing', () => {
    const amount = fc.integer({ min: 0, max: 1e11 });
    const rate = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(
        amount,
        fc.record({
          share: fc.oneof(
            fc.constant({ kind: 'covered' as const }),
            rate.map((rateBp) => ({ kind: 'rate' as const, rateBp })),
            amount.map((minor) => ({ kind: 'amount' as const, minor })),
          ),
          notCoveredMinor: amount,
          limitMinor: fc.option(amount),
          coPayBp: rate,
        }),
        (total, of) => {
          const share = payerShare(total, of);
          expect(Number.isSafeInteger(share)).toBe(true);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(Math.max(total - of.notCoveredMinor, 0));
          expect(share).toBeLessThanOrEqual(of.limitMinor ?? total);
        },
      ),
    );
  });
});

it('a policy counts from its first day to its last', () => {
  const policy = { validFrom: '2026-04-01', validTo: '2027-03-31' };
  const days = ['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'];
  expect(days.map((day) => isValidOn(policy, day))).toEqual([false, true, true, false]);
  expect(isValidOn({ validFrom: null, validTo: null }, '2000-01-01')).toBe(true);
});

it('a policy says what the desk must know of it: its limit too, and its days', () => {
  const plain = {
    policyNumber: 'P/1',
    memberId: null,
    plan: null,
    relation: 'self' as const,
    holderName: null,
  };
  const open = { limitMinor: null, coPayBp: null, validFrom: null, validTo: null };
  const rupees = { code: 'INR', locale: 'en-IN' };
  expect(coverageText({ ...plain, ...open }, rupees)).toBe('P/1');
  const terms = { limitMinor: 2_000_000, coPayBp: 1_000, validFrom: '2026-01-01', validTo: '2026-11-30' };
  expect(coverageText({ ...plain, ...terms, relation: 'child' }, rupees)).toBe(
    'P/1, Child, at most ₹20,000.00 of a bill, 10 % co-payment, from Thu 1 Jan 2026, until Mon 30 Nov 2026',
  );
});
