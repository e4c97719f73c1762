import { expect, it } from 'vitest';
import {
  type DayUse,
  daysOfPart,
  fromStored,
  joinDays,
  joinSpans,
  type LedgerDay,
  spanOf,
  stretchOf,
  toPart,
  toStored,
} from './policy';

const moved = (day: string, before: number, after: number, most = Math.max(before, after)) =>
  spanOf(day, { given: before - after, costMinor: 0, unknown: 0, before, after, most });
const stretch = { from: '2026-09-01', to: '2026-11-29', onHandNow: 5 };
const daysThere = (...of: Parameters<typeof stretchOf>) => stretchOf(...of).daysThere;

it('counts the days on which there was something, at any moment of them', () => {
  expect(daysThere([], stretch)).toBe(90);
  expect(daysThere([], { ...stretch, onHandNow: 0 })).toBe(0);
  // Gone on the 11th day, out for 19 whole days, there again.
  const twice = [moved('2026-09-11', 5, 0), moved('2026-10-01', 0, 20)];
  expect(daysThere(twice, stretch)).toBe(71);
  // It came on the last day, and of another one all went on the day on which it came.
  expect(daysThere([moved('2026-11-29', 0, 20)], stretch)).toBe(1);
  expect(daysThere([moved('2026-11-20', 0, 0, 9)], stretch)).toBe(1);
});

it('counts a month by its sum as it counts its days', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' };
  const days = [moved('2026-10-04', 3, 0), moved('2026-10-09', 0, 0, 6), moved('2026-10-20', 0, 8)];
  const sum = joinSpans(days, october);
  expect(sum).toEqual({ ...october, given: -5, before: 3, after: 8, daysThere: 17 });
  const more = [moved('2026-09-30', 4, 3), moved('2026-11-02', 8, 1)];
  const [before, after] = more as [(typeof days)[0], (typeof days)[0]];
  expect(stretchOf([before, ...(sum ? [sum] : []), after], stretch)).toEqual(
    stretchOf([before, ...days, after], stretch),
  );
  expect(joinSpans([], october)).toBeNull();
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
