import { expect, it } from 'vitest';
import { returnProblem, returnUntil } from './policy';

it('keeps opened packs off the shelf, and out of the house where it takes none', () => {
  const taken = { isOpenedTaken: true, reason: 'unused' } as const;
  expect(returnProblem({ place: 'shelf', isOpened: false }, { ...taken, isOpenedTaken: false })).toBeNull();
  expect(returnProblem({ place: 'quarantine', isOpened: true }, taken)).toBeNull();
  expect(returnProblem({ place: 'shelf', isOpened: true }, taken)).toMatch(/quarantine/);
  expect(returnProblem({ place: 'quarantine', isOpened: true }, { ...taken, isOpenedTaken: false })).toMatch(
    /not taken/,
  );
});

it('keeps what is damaged off the shelf, whether it was opened or not', () => {
  const damaged = { isOpenedTaken: true, reason: 'damaged' } as const;
  expect(returnProblem({ place: 'shelf', isOpened: false }, damaged)).toMatch(/damaged.*quarantine/);
  expect(returnProblem({ place: 'quarantine', isOpened: false }, damaged)).toBeNull();
});

it('counts the days from the day it was given', () => {
  expect(returnUntil('2026-11-30', 7)).toBe('2026-12-07');
  expect(returnUntil('2026-11-30', 0)).toBe('2026-11-30');
  expect(returnUntil('2026-11-30', null)).toBeNull();
});
