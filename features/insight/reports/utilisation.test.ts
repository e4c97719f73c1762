import { describe, expect, it } from 'vitest';
import { coveredMs, spanOf, utilisationOf } from './utilisation';

const HOUR = 3_600_000;

describe('the time covered by spans', () => {
  it('counts what overlaps once, in any order, and nothing for a span that ends before it begins', () => {
    const spans = [
      { from: 50, to: 60 },
      { from: 0, to: 30 },
      { from: 20, to: 40 },
      { from: 25, to: 28 },
      { from: 90, to: 80 },
    ];
    expect(coveredMs(spans)).toBe(50);
    expect(coveredMs([])).toBe(0);
  });

  it('ends a step that was forgotten after four hours, and every step with its day', () => {
    const at = new Date('2026-05-10T20:00:00Z');
    const days = (hours: number) => new Date(at.getTime() + hours * HOUR);
    expect(spanOf(at, days(20), days(24)).to).toBe(days(4).getTime());
    expect(spanOf(at, days(3), days(2)).to).toBe(days(2).getTime());
  });
});

describe('the use of time', () => {
  let days = 0;
  const day = (work: object[], rooms: object[] = []) =>
    ({ day: `2026-05-${10 + ++days}`, work, rooms }) as never;
  const doctor = (doctorId: string, booked: number, worked: number, missed = 0) => ({
    doctorId,
    name: `Dr ${doctorId}`,
    bookedMs: booked * HOUR,
    missedMs: missed * HOUR,
    workedMs: worked * HOUR,
  });

  it('is a share of the hours of the days on which somebody was there, beside the period before', () => {
    const used = { room: 'Room 1', patients: 3, workedMs: 2 * HOUR };
    const { doctors, rooms } = utilisationOf(
      [day([doctor('b', 4, 2, 1), doctor('a', 8, 8)], [used]), day([doctor('b', 0, 2)], [used]), day([])],
      [day([doctor('b', 2, 1)])],
    );
    expect(doctors.map(({ name }) => name)).toEqual(['Dr a', 'Dr b']);
    expect(doctors[0]).toMatchObject({ days: 1, bookedShare: 1, workedShare: 1, workedShareBefore: null });
    expect(doctors[1]).toMatchObject({
      days: 2,
      hasMinutes: 960,
      bookedMinutes: 240,
      missedMinutes: 60,
      bookedShare: 0.25,
      workedShare: 0.25,
      bookedShareBefore: 0.25,
      workedShareBefore: 0.125,
    });
    expect(rooms).toEqual([
      {
        room: 'Room 1',
        days: 2,
        patients: 6,
        workedMinutes: 240,
        workedShare: 0.25,
        workedShareBefore: null,
      },
    ]);
  });

  it('is a share of the hours that were set, also of days on which nobody came, and of none in leave', () => {
    const hours = {
      days: ['2026-06-01', '2026-06-02', '2026-06-03'],
      of: (id: string, on: string) => ({
        isSet: id === 'a',
        minutes: id === 'a' ? (on === '2026-06-02' ? 0 : 240) : 480,
      }),
    };
    const { doctors } = utilisationOf(
      [{ day: '2026-06-01', work: [doctor('a', 2, 2), doctor('b', 2, 2)], rooms: [] }] as never,
      [],
      { now: hours, before: hours },
    );
    expect(doctors[0]).toMatchObject({ days: 2, hasMinutes: 480, bookedShare: 0.25 });
    expect(doctors[1]).toMatchObject({ days: 1, hasMinutes: 480, bookedShare: 0.25 });
  });
});
