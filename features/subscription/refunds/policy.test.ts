import { describe, expect, it } from 'vitest';
import { type CustomerPayment, centsOf, creditLines, refundableCents } from './policy';
import { refundPaymentInput } from './schema';

const payment: CustomerPayment = {
  id: 'ch_1',
  at: '2026-11-29T00:00:00.000Z',
  amountCents: 29_900,
  refundedCents: 900,
  currency: 'usd',
  status: 'succeeded',
  failure: null,
  isDisputed: false,
};

describe('an amount that goes back', () => {
  it('is in cents', () => {
    expect(centsOf('99')).toBe(9_900);
    expect(centsOf('99.5')).toBe(9_950);
    expect(centsOf('0,07')).toBe(7);
  });

  it('is at most what is left, and nothing of what failed, is disputed or is not in hundredths', () => {
    expect(refundableCents(payment)).toBe(29_000);
    expect(refundableCents({ ...payment, refundedCents: 29_900 })).toBe(0);
    expect(refundableCents({ ...payment, status: 'failed' })).toBe(0);
    expect(refundableCents({ ...payment, isDisputed: true })).toBe(0);
    // What is shown of yen and dinars would be off by a factor: nothing is given back here.
    for (const currency of ['jpy', 'kwd']) expect(refundableCents({ ...payment, currency })).toBe(0);
  });

  it('is typed as people write amounts, with a reason', () => {
    const typed = (fields: object) =>
      refundPaymentInput.safeParse({
        organizationId: 'a'.repeat(24),
        chargeId: 'ch_1',
        amount: '12.50',
        reason: 'Charged twice',
        ...fields,
      }).success;
    expect(typed({})).toBe(true);
    for (const amount of ['', '-1', '1.234', '1e3', 'ten', '12345678', { $gt: 0 }])
      expect(typed({ amount }), String(amount)).toBe(false);
    expect(typed({ reason: 'no' })).toBe(false);
    expect(typed({ reason: { $ne: null } })).toBe(false);
    expect(typed({ chargeId: 'cus_1' })).toBe(false);
  });
});

it('credits the first lines first, and of none more than is left of it', () => {
  const billed = [
    { id: 'a', amount: -50 },
    { id: 'b', amount: 100 },
    { id: 'c', amount: 40 },
  ];
  const notes = [{ lines: { data: [{ invoice_line_item: 'b', amount: 30 }] } }];
  const lines = (gross: number) =>
    creditLines(billed, notes, gross).map(({ invoice_line_item, amount }) => [invoice_line_item, amount]);
  expect(lines(50)).toEqual([['b', 50]]);
  expect(lines(80)).toEqual([
    ['b', 70],
    ['c', 10],
  ]);
  expect(lines(1_000)).toEqual([
    ['b', 70],
    ['c', 40],
  ]);
  expect(lines(0)).toEqual([]);
});
