import { describe, expect, it } from 'vitest';
import { COUNTER_METHODS } from '../shifts/policy';
import { changeOf, tenderProblem, upiAddress } from './policy';

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
    expect(tenderProblem([cash(30_000, 50_000), upi(20_000)], 50_000)).toBeNull();
    expect(tenderProblem([cash(30_001), upi(20_000)], 50_000)?.sentence).toBe('This is more than is due.');
    expect(changeOf(cash(30_000, 50_000))).toBe(20_000);
  });

  it('by any way but cash are asked for what they are known by: no way falls through', () => {
    const refused = COUNTER_METHODS.filter(
      (method) => tenderProblem([{ method, amountMinor: 5 }], 100) !== null,
    );
    expect(refused).toEqual(COUNTER_METHODS.filter((method) => method !== 'cash'));
  });

  it('are above nothing, handed over whole, and known by their reference once', () => {
    expect(tenderProblem([cash(0)], 100)).not.toBeNull();
    expect(tenderProblem([cash(-5)], 100)).not.toBeNull();
    expect(tenderProblem([cash(100, 99)], 100)).not.toBeNull();
    expect(tenderProblem([upi(50, '12345678901')], 100)?.sentence).toMatch(/12 digits/);
    expect(tenderProblem([upi(50, '1234 5678 9012')], 100)).toBeNull();
    expect(tenderProblem([upi(50), upi(50)], 100)?.sentence).toMatch(/twice/);
    expect(tenderProblem([{ method: 'advance', amountMinor: 5 }], 100)?.sentence).toMatch(/Choose/);
    expect(tenderProblem([{ method: 'advance', amountMinor: 5, advanceId: 'x' }], null)).not.toBeNull();
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
