import { expect, it } from 'vitest';
import { fillRatesOf, sumDoctors, wholeShare } from './filled';

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
  const [rate] = fillRatesOf([{ doctorId: 'a', doctor: 'Dr. A', lines, dispensed }]);
  expect(rate).toEqual({
    doctorId: 'a',
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

it('adds days up: money that nobody knows on one of them is not known of all', () => {
  const day = {
    ...{ doctorId: 'a', doctor: 'Dr. A', prescriptions: 1, lines: 2, whole: 1, part: 0, nothing: 1, open: 3 },
  };
  const sums = sumDoctors([
    [{ ...day, billedMinor: 100, costMinor: 40 }],
    [],
    [
      { ...day, billedMinor: -30, costMinor: -10 },
      { ...day, doctorId: 'b', billedMinor: 5, costMinor: null },
    ],
    [{ ...day, doctorId: 'b', billedMinor: 5, costMinor: 1 }],
  ]);
  expect(sums).toEqual([
    {
      ...{
        doctorId: 'a',
        doctor: 'Dr. A',
        prescriptions: 2,
        lines: 4,
        whole: 2,
        part: 0,
        nothing: 2,
        open: 6,
      },
      billedMinor: 70,
      costMinor: 30,
      marginMinor: 40,
    },
    {
      ...{
        doctorId: 'b',
        doctor: 'Dr. A',
        prescriptions: 2,
        lines: 4,
        whole: 2,
        part: 0,
        nothing: 2,
        open: 6,
      },
      billedMinor: 10,
      costMinor: null,
      marginMinor: null,
    },
  ]);
});
