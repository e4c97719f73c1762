import { describe, expect, it } from 'vitest';
import { timeOf } from '@/lib/time';
import { freeTimesIn, slotAt } from './slots';

const NEW_YORK = 'America/New_York';
const KATHMANDU = 'Asia/Kathmandu';
const longAgo = new Date('2000-01-01T00:00:00Z');

describe('an appointment as instants', () => {
  it('keeps the wall clock on both sides of a change of the clocks', () => {
    expect(slotAt('2026-03-07', '09:30', 15, NEW_YORK).startsAt.toISOString()).toBe(
      '2026-03-07T14:30:00.000Z',
    );
    expect(slotAt('2026-03-08', '09:30', 15, NEW_YORK).startsAt.toISOString()).toBe(
      '2026-03-08T13:30:00.000Z',
    );
    expect(slotAt('2026-11-01', '09:30', 15, NEW_YORK).startsAt.toISOString()).toBe(
      '2026-11-01T14:30:00.000Z',
    );
  });

  it('refuses a time that the clocks skip', () => {
    expect(() => slotAt('2026-03-08', '02:30', 15, NEW_YORK)).toThrow(
      'The clocks change on that day and 02:30 does not exist. Choose another time.',
    );
    expect(slotAt('2026-03-08', '03:00', 15, NEW_YORK).startsAt.toISOString()).toBe(
      '2026-03-08T07:00:00.000Z',
    );
  });

  it('lasts its minutes over the skipped hour', () => {
    const { endsAt } = slotAt('2026-03-08', '01:45', 30, NEW_YORK);
    expect(timeOf(endsAt, NEW_YORK)).toBe('03:15');
  });

  it('knows zones that are off by three quarters of an hour', () => {
    expect(slotAt('2026-03-08', '09:00', 15, KATHMANDU).startsAt.toISOString()).toBe(
      '2026-03-08T03:15:00.000Z',
    );
  });

  it('may end at midnight and not after it', () => {
    expect(slotAt('2026-11-23', '23:45', 15, KATHMANDU).endsAt.toISOString()).toBe(
      '2026-11-23T18:15:00.000Z',
    );
    expect(() => slotAt('2026-11-23', '23:50', 15, KATHMANDU)).toThrow('would end after midnight');
  });
});

describe('free times', () => {
  const free = (
    day: string,
    timeZone: string,
    busy: [string, number][],
    now = longAgo,
    durationMinutes = 15,
  ) =>
    freeTimesIn({
      day,
      durationMinutes,
      busy: busy.map(([time, minutes]) => slotAt(day, time, minutes, timeZone)),
      timeZone,
      now,
    });

  it('are the working day without what is taken', () => {
    const times = free('2026-03-08', NEW_YORK, [
      ['09:00', 30],
      ['10:05', 10],
    ]);
    expect(times.slice(0, 4)).toEqual(['09:30', '09:45', '10:15', '10:30']);
    expect(times.at(-1)).toBe('16:45');
  });

  it('touch neighbours without overlapping them', () => {
    const times = free('2026-11-23', KATHMANDU, [['09:30', 15]], longAgo, 30);
    expect(times.slice(0, 3)).toEqual(['09:00', '09:45', '10:00']);
  });

  it('begin after now, in the zone of the organization', () => {
    const noon = new Date('2026-11-23T06:16:00Z'); // 12:01 in Kathmandu
    expect(free('2026-11-23', KATHMANDU, [], noon)[0]).toBe('12:15');
    expect(free('2026-11-22', KATHMANDU, [], noon)).toEqual([]);
    expect(free('2026-11-24', KATHMANDU, [], noon)[0]).toBe('09:00');
  });
});
