import { expect, it } from 'vitest';
import { piecesNeeded } from './policy';

it('fills a store up to the most once it has the least', () => {
  const level = { min: 5, max: 20 };
  expect(piecesNeeded(level, { there: 6, coming: 0 })).toBe(0);
  expect(piecesNeeded(level, { there: 5, coming: 0 })).toBe(15);
  expect(piecesNeeded(level, { there: 2, coming: 4 })).toBe(0);
  expect(piecesNeeded(level, { there: 2, coming: 3 })).toBe(15);
  expect(piecesNeeded({ min: 0, max: 0 }, { there: 0, coming: 0 })).toBe(0);
});
