import { expect, it } from 'vitest';
import { FIRST_STORE_ID } from '../stores/policy';
import { valueByPlace } from './policy';

const COUNTER = 'a'.repeat(24);
const lot = (valueMinor: number | null) => ({
  ...{ quantity: 5, quarantine: 1, transit: 1, valueMinor },
  elsewhere: [{ storeId: COUNTER, quantity: 2 }],
});

it('cuts what a lot has cost over its places, and loses no paisa', () => {
  const values = valueByPlace([lot(1_000), lot(null)], [FIRST_STORE_ID, COUNTER]);
  expect(values.map(({ place, lots, pieces, unknown }) => [place, lots, pieces, unknown])).toEqual([
    [FIRST_STORE_ID, 2, 6, 1],
    [COUNTER, 2, 4, 1],
    [`quarantine:${FIRST_STORE_ID}`, 2, 2, 1],
    ['transit', 2, 2, 1],
  ]);
  expect(values.reduce((sum, { valueMinor }) => sum + valueMinor, 0)).toBe(1_000);
  expect(values.map(({ valueMinor }) => valueMinor)).toEqual([428, 286, 143, 143]);
});

it('knows the quarantine of each store', () => {
  const held = {
    quantity: 0,
    quarantine: 3,
    valueMinor: 300,
    quarantineElsewhere: [{ storeId: COUNTER, quantity: 2 }],
  };
  const values = valueByPlace([held], [FIRST_STORE_ID, COUNTER]);
  expect(
    values.flatMap(({ kind, storeId, pieces, valueMinor }) =>
      kind === 'quarantine' ? [[storeId, pieces, valueMinor]] : [],
    ),
  ).toEqual([
    [FIRST_STORE_ID, 1, 100],
    [COUNTER, 2, 200],
  ]);
});

it('shows a store with nothing in it, and no place that is not used', () => {
  expect(valueByPlace([], [FIRST_STORE_ID]).map(({ place, pieces }) => [place, pieces])).toEqual([
    [FIRST_STORE_ID, 0],
  ]);
});
