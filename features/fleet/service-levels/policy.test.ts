import { describe, expect, it } from 'vitest';
import { availabilityOf, creditPercentOf, isMissed } from './policy';

const month = (failed: number, checks = 20_000, promised = 9_990) => ({ failed, checks, promised });

describe('a month', () => {
  it.each([
    [0, 10_000, false, 0],
    // Exactly what was promised is kept; a single check less is not.
    [20, 9_990, false, 0],
    [21, 9_989, true, 10],
    [200, 9_900, true, 10],
    [201, 9_899, true, 25],
    [1_000, 9_500, true, 25],
    [1_001, 9_499, true, 50],
    [20_000, 0, true, 50],
  ])('with %i failures of 20,000 had %i and owes %s, %i %%', (failed, measured, missed, percent) => {
    expect(availabilityOf(month(failed))).toBe(measured);
    expect(isMissed(month(failed))).toBe(missed);
    expect(creditPercentOf(month(failed))).toBe(percent);
  });

  it('that was never measured owes nothing', () => {
    expect(availabilityOf(month(0, 0))).toBeNull();
    expect(creditPercentOf(month(0, 0))).toBe(0);
  });
});
