import { expect, it } from 'vitest';
import { EVERYBODY, NO_END, payerOfKey, priceKey, priceOn } from './policy';

const [payer, branch] = ['a'.repeat(24), 'b'.repeat(24)];
const price = (key: string, amountMinor: number, from = '2026-01-01', to = NO_END) => ({
  ...{ payer: key, amountMinor, isInclusive: false, from, to },
});

it('takes the narrowest price of the day: whose it is before where it is, and later before earlier', () => {
  const everybody = price(EVERYBODY, 500);
  const there = price(priceKey(EVERYBODY, branch), 450);
  const own = price(payer, 400);
  const ownThere = price(priceKey(payer, branch), 350);
  const on = (prices: Parameters<typeof priceOn>[0], of?: string, at?: string) =>
    priceOn(prices, '2026-06-01', of, at)?.amountMinor ?? null;
  const all = [everybody, there, own, ownThere];
  expect([on(all, payer, branch), on(all, payer), on(all, EVERYBODY, branch), on(all)]).toEqual([
    350, 400, 450, 500,
  ]);
  // What a payer has agreed holds at each branch, unless it has agreed something else there.
  expect(on([everybody, there, own], payer, branch)).toBe(400);
  expect(on([there], EVERYBODY)).toBeNull();
  expect(on([there, price(priceKey(EVERYBODY, branch), 475, '2026-03-01')], EVERYBODY, branch)).toBe(475);
  expect(
    on([everybody, price(priceKey(EVERYBODY, branch), 1, '2026-01-01', '2026-05-31')], EVERYBODY, branch),
  ).toBe(500);
  expect([payerOfKey(priceKey(payer, branch)), payerOfKey(payer)]).toEqual([payer, payer]);
});
