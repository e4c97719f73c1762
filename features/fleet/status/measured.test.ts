import { describe, expect, it } from 'vitest';
import { countedAs, levelNow, type MEASURED_LEVELS, nextLevel, percentOf, uptimeOf } from './measured';

describe('the level', () => {
  it('takes two failures in a row to an outage, and two successes back', () => {
    const found = ['up', 'outage', 'up', 'outage', 'outage', 'outage', 'up', 'up', 'degraded', 'up'] as const;
    let level: (typeof MEASURED_LEVELS)[number] | null = null;
    const levels = found.map((one) => {
      level = nextLevel(level, one);
      return level;
    });
    expect(levels).toEqual([
      'up',
      'degraded',
      'up',
      'degraded',
      'outage',
      'outage',
      'degraded',
      'up',
      'degraded',
      'up',
    ]);
  });

  it('is no outage by the first check of all', () => {
    expect(nextLevel(null, 'outage')).toBe('degraded');
    expect(nextLevel(null, 'up')).toBe('up');
  });

  it('says nothing once it is old', () => {
    const checkedAt = new Date('2026-06-15T12:00:00Z');
    const later = (minutes: number) => new Date(checkedAt.getTime() + minutes * 60_000);
    expect(levelNow({ level: 'up', checkedAt }, later(10))).toBe('up');
    expect(levelNow({ level: 'up', checkedAt }, later(10.1))).toBe('unknown');
    expect(levelNow({ level: 'outage', checkedAt }, later(10.1))).toBe('unknown');
    expect(levelNow(null, checkedAt)).toBe('unknown');
  });
});

describe('the days', () => {
  const rows = [
    { day: '2026-06-12', up: 480, degraded: 0, outage: 0 },
    { day: '2026-06-13', up: 100, degraded: 0, outage: 0 },
    { day: '2026-06-14', up: 719, degraded: 1, outage: 0 },
    { day: '2026-06-15', up: 10, degraded: 1, outage: 3 },
  ];

  it('are ninety to today, with words for each and none invented', () => {
    const { days, percent, checks } = uptimeOf(rows, '2026-06-15');
    expect(days).toHaveLength(90);
    expect(days[0]).toEqual({ day: '2026-03-18', level: null, text: 'Wed 18 Mar 2026: not measured' });
    expect(days.slice(-4).map(({ level }) => level)).toEqual(['up', 'up', 'degraded', 'outage']);
    expect(days.slice(-4).map(({ text }) => text)).toEqual([
      'Fri 12 Jun 2026: worked in 100.00 % of 480 checks',
      'Sat 13 Jun 2026: worked in 100.00 % of 100 checks; measured only part of the day',
      'Sun 14 Jun 2026: worked in 99.86 % of 720 checks; 1 found it slow or partly broken',
      'Mon 15 Jun 2026: worked in 71.42 % of 14 checks; 1 found it slow or partly broken; 3 found that it does not work',
    ]);
    expect({ percent, checks }).toEqual({ percent: '99.61 %', checks: 1_314 });
  });

  it('have no percentage before the first check, and only what never failed has all of it', () => {
    expect(uptimeOf([], '2026-06-15')).toMatchObject({ percent: null, checks: 0 });
    expect(percentOf(999_999, 1_000_000)).toBe('99.99 %');
    expect(percentOf(7, 7)).toBe('100.00 %');
  });

  it('do not count announced maintenance, nor what nobody measured', () => {
    expect((['up', 'degraded', 'outage', 'maintenance', 'unknown'] as const).map(countedAs)).toEqual([
      'up',
      'degraded',
      'outage',
      null,
      null,
    ]);
  });
});
