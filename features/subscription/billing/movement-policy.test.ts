import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Balance, movementsBetween } from './movement-policy';

const usd = (cents: number): Balance => ({ currency: 'usd', cents });
const kinds = (before: Balance | null, after: Balance, hasPaidBefore = before !== null) =>
  movementsBetween(before, after, hasPaidBefore).map(({ kind }) => kind);

describe('a change of monthly revenue', () => {
  it('has the name that a founder would give it', () => {
    expect(kinds(null, usd(9_900))).toEqual(['new']);
    expect(kinds(usd(9_900), usd(29_900))).toEqual(['expansion']);
    expect(kinds(usd(29_900), usd(9_900))).toEqual(['contraction']);
    expect(kinds(usd(29_900), usd(0))).toEqual(['churn']);
    expect(kinds(usd(0), usd(9_900))).toEqual(['reactivation']);
  });

  it('is none for the same amount, for a trial, and for one that never paid', () => {
    expect(kinds(usd(9_900), usd(9_900))).toEqual([]);
    expect(kinds(null, usd(0))).toEqual([]);
    expect(kinds(usd(0), { currency: 'eur', cents: 0 })).toEqual([]);
  });

  it('ends in one currency and begins in the other', () => {
    expect(movementsBetween(usd(9_900), { currency: 'eur', cents: 8_900 }, true)).toEqual([
      { kind: 'churn', currency: 'usd', beforeCents: 9_900, afterCents: 0 },
      { kind: 'reactivation', currency: 'eur', beforeCents: 0, afterCents: 8_900 },
    ]);
  });

  it('adds up to the last balance in each currency, whatever the life', () => {
    const life = fc.array(
      fc.record({ currency: fc.constantFrom('usd', 'eur'), cents: fc.constantFrom(0, 9_900, 29_900) }),
    );
    fc.assert(
      fc.property(life, (balances) => {
        const sums: Record<string, number> = { usd: 0, eur: 0 };
        let last: Balance | null = null;
        for (const balance of balances) {
          for (const { currency, beforeCents, afterCents } of movementsBetween(last, balance, last !== null))
            sums[currency] = (sums[currency] ?? 0) + afterCents - beforeCents;
          last = balance;
        }
        for (const currency of ['usd', 'eur'])
          expect(sums[currency]).toBe(last?.currency === currency ? last.cents : 0);
      }),
    );
  });
});
