import { describe, expect, it } from 'vitest';
import { compareWithheld, firstDayOf, lastQuarters, quarterName, quarterOf } from './policy';

describe('a quarter', () => {
  it('is that of its day, on its first and on its last', () => {
    expect(['2026-03-31', '2026-04-01', '2026-12-31', '2027-01-01'].map(quarterOf)).toEqual([
      ...['2026-Q1', '2026-Q2', '2026-Q4', '2027-Q1'],
    ]);
    expect([firstDayOf('2026-Q4'), quarterName('2026-Q4')]).toEqual([
      ...['2026-10-01', 'October to December 2026'],
    ]);
  });
  it('goes back over the year', () => {
    expect(lastQuarters('2026-05-05', 4)).toEqual(['2026-Q2', '2026-Q1', '2025-Q4', '2025-Q3']);
  });
});

it('what was withheld stands beside what certificates say, the newest first', () => {
  const of = (payerId: string, quarter: string, minor: number) => ({
    ...{ payerId, payerName: payerId, quarter, minor },
  });
  expect(
    compareWithheld(
      [of('A', '2026-Q1', 500), of('A', '2026-Q1', -100), of('B', '2026-Q2', 300), of('C', '2026-Q2', 0)],
      [of('A', '2026-Q1', 400), of('D', '2026-Q1', 50)],
    ).map(({ payerId, minor, certifiedMinor, missingMinor }) => [
      payerId,
      minor,
      certifiedMinor,
      missingMinor,
    ]),
  ).toEqual([
    ['B', 300, 0, 300],
    ['A', 400, 400, 0],
    ['D', 0, 50, -50],
  ]);
});
