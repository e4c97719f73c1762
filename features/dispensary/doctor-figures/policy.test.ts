import { expect, it } from 'vitest';
import { fillRatesOf, wholeShare } from './policy';

it('counts lines given whole, in part and not at all, and what is open', () => {
  const lines = [
    { id: 'a', quantity: 2 },
    { id: 'b', quantity: 2 },
    { id: 'c', quantity: 1 },
    { id: 'd', quantity: 3 },
  ];
  const dispensed = {
    a: { given: 2 },
    b: { given: 1 },
    // Not dispensed for good: nothing is owed by that.
    c: { given: 0, notDispensed: { reason: 'Too expensive for the patient', byName: 'P' } },
  };
  const [rate] = fillRatesOf([{ doctor: 'Dr. A', lines, dispensed }]);
  expect(rate).toEqual({
    doctor: 'Dr. A',
    prescriptions: 1,
    lines: 4,
    whole: 1,
    part: 1,
    nothing: 2,
    open: 4,
  });
  expect(wholeShare({ lines: 4, whole: 1 })).toBe(25);
  expect(wholeShare({ lines: 0, whole: 0 })).toBeNull();
});
