import { describe, expect, it } from 'vitest';
import { shiftDay } from '@/lib/time';
import { forecastVisits } from './forecast';

const today = '2026-11-23';
const history = (days: number, visitsOn: (day: string, back: number) => number) =>
  Array.from({ length: days }, (_, index) => shiftDay(today, index - days)).map((day, index) => ({
    day,
    visits: visitsOn(day, days - index),
  }));
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

describe('the forecast of next week', () => {
  it('repeats a steady week exactly, and was never off', () => {
    const forecast = forecastVisits(
      history(84, (day) => [0, 40, 30, 30, 20, 50, 10][weekday(day)] ?? 0),
      today,
    );
    expect(forecast?.days.map(({ visits }) => visits)).toEqual([30, 30, 20, 50, 10, 0, 40]);
    expect(forecast?.offBy).toBe(0);
    expect(forecast?.days[0]?.day).toBe('2026-11-24');
  });

  it('says how far it was off where days differ', () => {
    const forecast = forecastVisits(
      history(84, (_, back) => (Math.floor((back - 1) / 7) % 2 === 0 ? 10 : 20)),
      today,
    );
    expect(forecast?.offBy).toBeGreaterThan(3);
  });

  it('says nothing before there are four weeks to learn from', () => {
    expect(
      forecastVisits(
        history(20, () => 9),
        today,
      ),
    ).toBeNull();
    expect(
      forecastVisits(
        history(84, () => 0),
        today,
      ),
    ).toBeNull();
    expect(forecastVisits([], today)).toBeNull();
  });
});
