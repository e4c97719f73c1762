import { expect, it } from 'vitest';
import { lastValidDay } from './paper';

it.each([
  ['2026-11-30', 24, '2028-11-30'],
  ['2026-10-31', 1, '2026-11-30'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2028-02-29', 12, '2029-02-28'],
  ['2026-01-29', 12, '2027-01-29'],
  ['2026-12-15', 1, '2027-01-15'],
])('glasses of %s for %i months hold until %s', (day, months, until) => {
  expect(lastValidDay(day, months)).toBe(until);
});
