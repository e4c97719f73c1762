import { describe, expect, it } from 'vitest';
import { clockOf } from './clock';
import { ageInYears, dayOf, formatDay, isTimeZone, shiftDay, timeOf } from './time';
import { dayClock, dayRange, instantAt } from './wall-clock';

const hours = ({ start, end }: { start: Date; end: Date }) => (end.getTime() - start.getTime()) / 3_600_000;

describe('days and instants in the organization’s time zone', () => {
  it('puts a wall clock onto the right instant, whatever this process runs in', () => {
    expect(instantAt('2026-11-23', '09:30', 'Asia/Kolkata').toISOString()).toBe('2026-11-23T04:00:00.000Z');
    expect(instantAt('2026-11-23', '09:30', 'Asia/Kathmandu').toISOString()).toBe('2026-11-23T03:45:00.000Z');
    expect(timeOf(new Date('2026-11-23T04:00:00Z'), 'Asia/Kolkata')).toBe('09:30');
  });

  it('knows that midnight is elsewhere', () => {
    expect(dayOf(new Date('2026-11-22T19:00:00Z'), 'Asia/Kolkata')).toBe('2026-11-23');
    expect(dayOf(new Date('2026-11-22T19:00:00Z'), 'America/New_York')).toBe('2026-11-22');
  });

  it('has days of 23 and 25 hours where clocks change', () => {
    expect(hours(dayRange('2026-03-08', 'America/New_York'))).toBe(23);
    expect(hours(dayRange('2026-11-01', 'America/New_York'))).toBe(25);
    expect(hours(dayRange('2026-03-08', 'Asia/Kolkata'))).toBe(24);
  });

  it('moves a time that the clock skips forward', () => {
    expect(timeOf(instantAt('2026-03-08', '02:30', 'America/New_York'), 'America/New_York')).toBe('03:30');
  });

  it.each(['2026-03-08', '2026-11-01', '2026-06-01'])(
    'has the same wall clock of %s at once as one by one',
    (day) => {
      for (const zone of ['America/New_York', 'Asia/Kathmandu', 'America/Havana', 'Africa/Cairo']) {
        const clock = dayClock(day, zone);
        for (let minutes = 0; minutes < 24 * 60; minutes += 5) {
          const time = clockOf(minutes);
          const instant = instantAt(day, time, zone);
          expect(clock.at(minutes), `${zone} ${time}`).toBe(instant.getTime());
          expect(clock.has(minutes), `${zone} ${time}`).toBe(timeOf(instant, zone) === time);
        }
        expect(clock.at(24 * 60)).toBe(dayRange(day, zone).end.getTime());
      }
    },
  );

  it.each(['America/New_York', 'Europe/London', 'Asia/Kolkata'])(
    'counts days alike where this runs in %s, also where the clocks change',
    (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        for (const day of [
          '2026-03-07',
          '2026-03-08',
          '2026-03-28',
          '2026-03-29',
          '2026-10-24',
          '2026-10-31',
        ])
          for (const days of [1, 2, 7])
            expect(shiftDay(shiftDay(day, days), -days), `${day} and ${days} days`).toBe(day);
        expect(shiftDay('2026-03-08', 1)).toBe('2026-03-09');
        expect(shiftDay('2026-03-28', 2)).toBe('2026-03-30');
      } finally {
        process.env.TZ = before;
      }
    },
  );

  it('counts days and years', () => {
    expect(shiftDay('2026-02-28', 1)).toBe('2026-03-01');
    expect(shiftDay('2024-02-28', 1)).toBe('2024-02-29');
    expect(ageInYears('2000-11-24', '2026-11-23')).toBe(25);
    expect(ageInYears('2000-11-23', '2026-11-23')).toBe(26);
    expect(formatDay('2026-11-23')).toBe('Mon 23 Nov 2026');
  });

  it('refuses a zone that does not exist', () => {
    expect(isTimeZone('Asia/Kolkata')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
