import { expect, it } from 'vitest';
import { clinicalOf, periodsOf, stepOf } from './clinical';
import { rangeOf } from './schema';

const range = (from: string, to: string) => rangeOf({ from, to }, '2030-01-01');

it('is shown by day, by week from Monday, or by month, each day in one period alone', () => {
  expect(periodsOf(range('2026-11-23', '2026-11-24'))).toEqual([
    { from: '2026-11-23', to: '2026-11-23' },
    { from: '2026-11-24', to: '2026-11-24' },
  ]);
  // 2026-11-23 is a Monday.
  expect(periodsOf(range('2026-11-12', '2026-12-02'))).toEqual([
    { from: '2026-11-12', to: '2026-11-15' },
    { from: '2026-11-16', to: '2026-11-22' },
    { from: '2026-11-23', to: '2026-11-29' },
    { from: '2026-11-30', to: '2026-12-02' },
  ]);
  expect(periodsOf(range('2025-12-15', '2026-11-30')).map(({ from }) => from)).toEqual([
    '2025-12-15',
    ...Array.from({ length: 11 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-01`),
  ]);
  expect([14, 15, 120, 121].map((days) => stepOf({ from: '', to: '', days }))).toEqual([
    'day',
    'week',
    'week',
    'month',
  ]);
  for (const to of ['2026-03-31', '2026-10-26', '2027-01-02'])
    for (const days of [1, 14, 15, 100, 121, 366]) {
      const asked = rangeOf({ to }, '2030-01-01', { days });
      const periods = periodsOf(asked);
      expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([asked.from, asked.to]);
      const length = periods.reduce(
        (sum, { from, to: last }) => sum + (Date.parse(last) - Date.parse(from)) / 86_400_000 + 1,
        0,
      );
      expect(length).toBe(asked.days);
    }
});

it('names the four diagnoses that most have, puts the others together, and compares with before', () => {
  const codes = ['H25.1', 'H40.1', 'H52.1', 'H10.1', 'H04.1', 'H11.0'];
  const day = (at: string, counts: readonly number[]) => ({
    day: at,
    examined: 10,
    diagnoses: codes.flatMap((code, index) => {
      const patients = counts[index] ?? 0;
      return patients > 0 ? [{ code, patients }] : [];
    }),
    outcomes: [
      { code: '', eyes: 6, gained: 2, lost: 1, before: [1, 2, 3, 0, 0], now: [4, 1, 1, 0, 0] },
      { code: 'H25.1', eyes: 4, gained: 2, lost: 0, before: [0, 2, 2, 0, 0], now: [3, 1, 0, 0, 0] },
      { code: 'H11.0', eyes: 1, gained: 0, lost: 1, before: [1, 0, 0, 0, 0], now: [0, 1, 0, 0, 0] },
    ],
  });
  const clinical = clinicalOf(
    [day('2026-11-23', [5, 4, 3, 2, 1, 1]), day('2026-11-24', [1, 4, 0, 0, 0, 3])],
    [day('2026-11-21', [2, 0, 0, 0, 0, 0])],
    range('2026-11-23', '2026-11-24'),
  );
  expect(clinical.diagnoses.map(({ code, patients, before }) => [code, patients, before])).toEqual([
    ['H40.1', 8, 0],
    ['H25.1', 6, 2],
    ['H11.0', 4, 0],
    ['H52.1', 3, 0],
    ['H10.1', 2, 0],
    ['H04.1', 1, 0],
  ]);
  expect(clinical.periods.map(({ counts, others }) => [counts, others])).toEqual([
    [[4, 5, 1, 3], 3],
    [[4, 1, 3, 0], 0],
  ]);
  // Of too few eyes nothing is said.
  expect(clinical.outcomes).toMatchObject([
    { name: 'All eyes', eyes: 12, gained: 4, same: 6, lost: 2, goodBefore: 2, goodNow: 8 },
    { name: 'Nuclear cataract', eyes: 8, gained: 4, same: 4, lost: 0, goodBefore: 0, goodNow: 6 },
  ]);
  expect([clinical.examined, clinical.examinedBefore]).toEqual([20, 10]);
});
