import { expect, it } from 'vitest';
import { isKeptAt, isLowAt, lowestAt } from './policy';

const kept = { onHand: 0, coming: 0, reorderLevel: 10, hasFirstStore: false, levels: [] };

it('calls nothing low that a branch never had, and all that the first store is out of', () => {
  expect([isKeptAt(kept), isLowAt(kept)]).toEqual([false, false]);
  expect(isLowAt({ ...kept, hasFirstStore: true })).toBe(true);
  expect(isLowAt({ ...kept, onHand: 1 })).toBe(true);
});

it('goes by the reorder level, with what is on its way, until somebody says the least of a store', () => {
  expect(isLowAt({ ...kept, onHand: 4, coming: 6 })).toBe(true);
  expect(isLowAt({ ...kept, onHand: 4, coming: 7 })).toBe(false);
  const levels = [
    { min: 3, usable: 4, coming: 0 },
    { min: 5, usable: 0, coming: 5 },
  ];
  expect(isLowAt({ ...kept, onHand: 4, coming: 5, levels })).toBe(true);
  expect(isLowAt({ ...kept, onHand: 4, levels: levels.slice(0, 1) })).toBe(false);
  expect([lowestAt({ ...kept, levels }), lowestAt(kept)]).toEqual([8, 10]);
});
