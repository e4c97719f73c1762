import { describe, expect, it } from 'vitest';
import { COUNTER_METHODS, coinProblem } from '../shifts/policy';
import { changeOf, tenderProblem, upiAddress } from './policy';

const INR = { code: 'INR', locale: 'en-IN' };
const cash = (amountMinor: number, tenderedMinor?: number) => ({
  method: 'cash' as const,
  amountMinor,
  tenderedMinor,
});
const upi = (amountMinor: number, reference = '123456789012') => ({
  method: 'upi' as const,
  amountMinor,
  reference,
});

describe('the parts of a payment', () => {
  it('may be several, and come to at most what is due', () => {
    expect(tenderProblem([cash(30_000, 50_000), upi(20_000)], 50_000, INR)).toBeNull();
    expect(tenderProblem([cash(30_100), upi(20_000)], 50_000, INR)?.sentence).toBe(
      'This is more than is due.',
    );
    expect(changeOf(cash(30_000, 50_000))).toBe(20_000);
  });

  it('by any way but cash are asked for what they are known by: no way falls through', () => {
    const refused = COUNTER_METHODS.filter(
      (method) => tenderProblem([{ method, amountMinor: 100 }], 100, INR) !== null,
    );
    expect(refused).toEqual(COUNTER_METHODS.filter((method) => method !== 'cash'));
  });

  it('are above nothing, handed over whole, and known by their reference once', () => {
    expect(tenderProblem([cash(0)], 100, INR)).not.toBeNull();
    expect(tenderProblem([cash(-5)], 100, INR)).not.toBeNull();
    expect(tenderProblem([cash(100, 99)], 100, INR)).not.toBeNull();
    expect(tenderProblem([upi(50, '12345678901')], 100, INR)?.sentence).toMatch(/12 digits/);
    expect(tenderProblem([upi(50, '1234 5678 9012')], 100, INR)).toBeNull();
    expect(tenderProblem([upi(50), upi(50)], 100, INR)?.sentence).toMatch(/twice/);
    expect(tenderProblem([{ method: 'advance', amountMinor: 5 }], 100, INR)?.sentence).toMatch(/Choose/);
    expect(tenderProblem([{ method: 'advance', amountMinor: 5, advanceId: 'x' }], null, INR)).not.toBeNull();
  });
});

describe('cash', () => {
  it('is what coins make, and only the odd part of a bill that has one is taken as it is', () => {
    const said = (minor: number, due: number) => tenderProblem([cash(minor)], due, INR)?.sentence ?? null;
    expect([said(4_900, 10_000), said(10_000, 10_000), said(5_037, 9_937), said(9_937, 9_937)]).toEqual([
      ...[null, null, null, null],
    ]);
    for (const [minor, due] of [
      [4_950, 10_000],
      [9_950, 9_937],
    ] as const)
      expect(said(minor, due)).toMatch(/no coin below ₹1/);
    expect(tenderProblem([cash(4_950), upi(5_050)], 10_000, INR)?.index).toBe(0);
    const handed = (minor: number, tenderedMinor: number) =>
      tenderProblem([{ ...cash(minor), tenderedMinor }], minor, INR);
    expect([handed(9_937, 9_937), handed(9_937, 10_000), handed(9_900, 10_000)]).toEqual([null, null, null]);
    expect(handed(9_900, 10_037)).toMatchObject({ isTendered: true, sentence: /no coin below ₹1/ });
    // Coins of other countries are smaller, and those that we do not know are not asked for.
    expect(coinProblem(4_950, { code: 'EUR', locale: 'de-DE' })).toBeNull();
    expect(coinProblem(4_930, { code: 'AED', locale: 'en-AE' })).toMatch(/0.25/);
    expect(coinProblem(4_953, { code: 'NPR', locale: 'en-NP' })).toBeNull();
    expect(coinProblem(-4_950, INR)).not.toBeNull();
  });
});

describe('the UPI code', () => {
  const payee = {
    upiAddress: 'eye.hospital@bank',
    legalName: 'Rao & Söhne Eye Hospital',
    currency: { code: 'INR', locale: 'en-IN' },
  };

  it('asks for exactly what is due, and comes back as it went in', () => {
    const address = upiAddress({ number: 'H1B/2627/000123', dueMinor: 123_405 }, payee) ?? '';
    const read = new URL(address).searchParams;
    expect(Object.fromEntries(read)).toEqual({
      pa: 'eye.hospital@bank',
      pn: 'Rao & Söhne Eye Hospital',
      tr: 'H1B2627000123D123405',
      tn: 'Bill H1B/2627/000123',
      am: '1234.05',
      cu: 'INR',
    });
    expect(address).not.toContain(' ');
    // Banks refuse a reference that was paid: what is left after a part payment has one of its own.
    const rest = upiAddress({ number: 'H1B/2627/000123', dueMinor: 23_405 }, payee) ?? '';
    expect(new URL(rest).searchParams.get('tr')).not.toBe(read.get('tr'));
  });

  it('is not there without an address, for other money, or when nothing is due', () => {
    expect(upiAddress({ number: 'B/1', dueMinor: 0 }, payee)).toBeNull();
    expect(upiAddress({ number: 'B/1', dueMinor: 5 }, { ...payee, upiAddress: null })).toBeNull();
    const dollars = { ...payee, currency: { code: 'USD', locale: 'en-US' } };
    expect(upiAddress({ number: 'B/1', dueMinor: 5 }, dollars)).toBeNull();
  });
});
