import { expect, it } from 'vitest';
import { claimAge, costOfPieces } from './policy';

it('says how long a claim has waited', () => {
  expect(claimAge('2026-11-30', '2026-11-30')).toEqual({ days: 0, isLate: false });
  expect(claimAge('2026-10-31', '2026-11-30')).toEqual({ days: 30, isLate: false });
  expect(claimAge('2026-10-30', '2026-11-30')).toEqual({ days: 31, isLate: true });
});

it('takes a part of what the lot has cost, and nothing that nobody knows', () => {
  expect(costOfPieces({ quantity: 6, transit: 0, quarantine: 4, valueMinor: 1_000 }, 3)).toBe(300);
  expect(costOfPieces({ quantity: 6, transit: 0, quarantine: 4, valueMinor: null }, 3)).toBeNull();
  expect(costOfPieces({ quantity: 0, transit: 0, quarantine: 0, valueMinor: 0 }, 0)).toBeNull();
});
