import { expect, it } from 'vitest';
import {
  type DayUse,
  daysOfPart,
  daysWithStock,
  fromStored,
  joinDays,
  type LedgerDay,
  toPart,
  toStored,
} from './policy';

const moved = (before: number, after: number, most = Math.max(before, after)) => ({ before, after, most });
const stretch = { from: '2026-09-01', to: '2026-11-29', onHandNow: 5 };

it('counts the days on which there was something, at any moment of them', () => {
  expect(daysWithStock(new Map(), stretch)).toBe(90);
  expect(daysWithStock(new Map(), { ...stretch, onHandNow: 0 })).toBe(0);
  // Gone on the 11th day, out for 19 whole days, there again.
  const twice = new Map([
    ['2026-09-11', moved(5, 0)],
    ['2026-10-01', moved(0, 20)],
  ]);
  expect(daysWithStock(twice, stretch)).toBe(71);
  // It came on the last day, and of another one all went on the day on which it came.
  expect(daysWithStock(new Map([['2026-11-29', moved(0, 20)]]), stretch)).toBe(1);
  expect(daysWithStock(new Map([['2026-11-20', moved(0, 0, 9)]]), stretch)).toBe(1);
});

it('reads what it has stored', () => {
  const use: DayUse = { given: 3, costMinor: 120, unknown: 1, before: 9, after: 6, most: 12 };
  expect(fromStored(toStored(use))).toEqual(use);
});

it('puts the parts of a day together, each medicine by itself, and keeps what it has stored of one', () => {
  const morning: LedgerDay = {
    ...{ medicineId: 'a', day: '2026-11-30', lastAt: new Date('2026-11-30T04:00:00Z') },
    ...{ given: 3, costMinor: 120, unknown: 0, before: 9, after: 6, most: 9 },
  };
  const noon: LedgerDay = {
    ...{ medicineId: 'a', day: '2026-11-30', lastAt: null },
    ...{ given: -1, costMinor: -40, unknown: 1, before: 6, after: 27, most: 27 },
  };
  const other = { ...noon, medicineId: 'b' };
  const part = toPart('2026-11-30', new Date('2026-11-30T05:00:00Z'), [morning, other]);
  expect(daysOfPart(part)).toEqual([morning, other]);
  expect(joinDays([...daysOfPart(part), noon])).toEqual([
    { ...noon, lastAt: morning.lastAt, given: 2, costMinor: 80, unknown: 1, before: 9, most: 27 },
    other,
  ]);
});
