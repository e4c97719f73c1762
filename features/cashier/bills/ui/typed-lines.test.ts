import { expect, it } from 'vitest';
import { type Billable, type Charged, discountOf, heldByPackages, type Line, piecesOf } from './typed-lines';

const price = { unitMinor: 100, isInclusive: false, components: [] };
const cataract: Billable = {
  ...{ id: 'cataract', code: 'C', name: 'Cataract', ...price },
  includes: [
    { serviceId: 'oct', quantity: 1 },
    { serviceId: 'review', quantity: 2 },
  ],
};
const charge = (id: string, ofService: string | null, more: Partial<Charged> = {}): Charged => ({
  ...{ id, name: id, quantity: 1, isFree: false, note: '', ofService, ...price, ...more },
});
const bought = (quantity: string, isFree = false): Line => ({ serviceId: 'cataract', quantity, isFree });
const heldOf = (lines: Line[], charges: Charged[]) =>
  heldByPackages(lines, { services: [cataract], charges }).map(({ id }) => id);

it('counts nothing of what is too many or no number, and makes no other number of it', () => {
  expect(['', '2', '999', '1000', '1.5', 'x'].map(piecesOf)).toEqual([0, 2, 999, 0, 0, 0]);
  expect(discountOf({ kind: 'rate', rate: '150', amount: '' }, 'INR')).toEqual({ rateBp: 15_000 });
});

it('a package on the bill takes in what was done today, as far as it holds it', () => {
  const charges = [charge('a', 'oct'), charge('b', 'oct'), charge('c', 'review'), charge('d', null)];
  expect(heldOf([bought('1')], charges)).toEqual(['a', 'c']);
  expect(heldOf([bought('2')], charges)).toEqual(['a', 'b', 'c']);
  // Two eyes at once are not two packages of one.
  expect(heldOf([bought('2')], [charge('a', 'oct', { quantity: 2 })])).toEqual([]);
});

it('takes in nothing that is free, and nothing where it was not bought', () => {
  expect(heldOf([bought('1')], [charge('a', 'review', { isFree: true })])).toEqual([]);
  expect(heldOf([bought('1', true)], [charge('a', 'oct')])).toEqual([]);
  expect(heldOf([bought('')], [charge('a', 'oct')])).toEqual([]);
});
