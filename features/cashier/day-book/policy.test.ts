import { describe, expect, it } from 'vitest';
import { shiftDay } from '@/lib/time';
import { ageBucket, DUE_AGES, daysOfAge } from './policy';
import { spanOf } from './schema';

describe('the age of a due', () => {
  it('has each day in one age, with the days that lead to it', () => {
    const today = '2026-11-29';
    for (let ago = 0; ago <= 400; ago++) {
      const day = shiftDay(today, -ago);
      const key = ageBucket(day, today);
      const holding = DUE_AGES.filter((age) => {
        const { from, to } = daysOfAge(age.key, today);
        return from <= day && day <= to;
      });
      expect([ago, holding.map((age) => age.key)]).toEqual([ago, [key]]);
    }
    expect(
      [0, 30, 31, 60, 61, 90, 91, 180, 181].map((ago) => ageBucket(shiftDay(today, -ago), today)),
    ).toEqual(['0', '0', '31', '31', '61', '61', '91', '91', '181']);
  });
});

describe('the days of a report', () => {
  it('are this month, and never more than a good year', () => {
    expect(spanOf({ from: undefined, to: undefined }, '2026-11-29')).toEqual({
      from: '2026-11-01',
      to: '2026-11-29',
    });
    expect(spanOf({ from: '2026-12-01', to: '2026-11-05' }, '2026-11-29').from).toBe('2026-11-01');
    expect(spanOf({ from: '2001-01-01', to: '2026-11-29' }, '2026-11-29').from).toBe('2025-10-25');
  });
});
