import { describe, expect, it } from 'vitest';
import { offeredTimes, planOn, USUAL_DAY } from '@/features/frontdesk/schedules/policy';
import { readTime } from '@/lib/clock';
import {
  APPOINTMENT_STATUSES,
  canBecome,
  canCancel,
  canCheckIn,
  canMarkNoShow,
  canMove,
  layLanes,
  statusesBefore,
  timesOf,
} from './policy';

const at = (status: (typeof APPOINTMENT_STATUSES)[number]) => ({
  status,
  day: '2026-11-23',
  startsAt: '2026-11-23T04:00:00.000Z',
});

describe('the states of an appointment', () => {
  it('never leaves completed or cancelled', () => {
    for (const to of APPOINTMENT_STATUSES) {
      expect(canBecome('completed', to)).toBe(false);
      expect(canBecome('cancelled', to)).toBe(false);
    }
  });

  it('lets a late patient check in after a no-show', () => {
    expect(statusesBefore('checked-in')).toEqual(['booked', 'no-show']);
    expect(canCheckIn(at('no-show'), '2026-11-23').allowed).toBe(true);
  });

  it('moves and cancels only what is booked', () => {
    for (const status of APPOINTMENT_STATUSES) {
      expect(canMove(at(status)).allowed).toBe(status === 'booked');
      expect(canCancel(at(status)).allowed).toBe(status === 'booked');
    }
  });

  it('checks in on the day itself only', () => {
    expect(canCheckIn(at('booked'), '2026-11-23').allowed).toBe(true);
    expect(canCheckIn(at('booked'), '2026-11-24')).toEqual({
      allowed: false,
      reason: 'This appointment is on another day. Move it to today first.',
    });
  });

  it('calls nobody missing before the appointment has begun', () => {
    expect(canMarkNoShow(at('booked'), new Date('2026-11-23T03:59:59Z')).allowed).toBe(false);
    expect(canMarkNoShow(at('booked'), new Date('2026-11-23T04:00:00Z')).allowed).toBe(true);
    expect(canMarkNoShow(at('checked-in'), new Date('2026-11-23T05:00:00Z')).allowed).toBe(false);
  });
});

describe('a typed time', () => {
  it.each([
    ['09:30', '09:30'],
    ['9:30', '09:30'],
    ['930', '09:30'],
    ['9.30', '09:30'],
    [' 14 ', '14:00'],
    ['2:30 pm', '14:30'],
    ['12 am', '00:00'],
    ['12:15 p.m.', '12:15'],
    ['0005', '00:05'],
  ])('%s is %s', (typed, time) => expect(readTime(typed)).toBe(time));

  it.each(['', '25:00', '9:60', '13 pm', '0 am', 'noon', '9:5', '12345'])('"%s" is none', (typed) =>
    expect(readTime(typed)).toBeNull(),
  );
});

describe('offered times', () => {
  it('fill the working day and end within it', () => {
    expect(offeredTimes(USUAL_DAY, 15)).toHaveLength(32);
    expect(offeredTimes(USUAL_DAY, 60).at(-1)).toBe('16:00');
    expect(offeredTimes(USUAL_DAY, 10).slice(0, 3)).toEqual(['09:00', '09:10', '09:20']);
    expect(offeredTimes(USUAL_DAY, 45).slice(0, 2)).toEqual(['09:00', '09:15']);
  });
});

describe('lanes', () => {
  it('lays what overlaps side by side and gives the rest the whole width', () => {
    const spans = [
      { from: 0, to: 30 },
      { from: 10, to: 20 },
      { from: 20, to: 40 },
      { from: 40, to: 50 },
    ];
    expect(layLanes(spans).map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
      [0, 1],
    ]);
  });
});

describe('a column of the board', () => {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '09:00', to: '10:00' }));
  const rest = { fromDay: '2020-01-01', breaks: [], slotMinutes: 30, capacity: 1, walkInPercent: 0 };
  const leave = {
    fromDay: '2026-12-07',
    toDay: '2026-12-07',
    isHoliday: false,
    reason: 'Surgery of his own',
  };

  it('is closed outside of the hours, and only in leave where none are set', () => {
    const day = timesOf(planOn('2026-12-07', [{ ...rest, hours }], []));
    expect(day).toMatchObject({ note: '', hours: [{ from: 540, to: 600 }], slots: [540, 570] });
    expect(day.closed).toEqual([
      { from: 0, to: 540 },
      { from: 600, to: 1_440 },
    ]);
    expect(timesOf(USUAL_DAY)).toEqual({ note: '', closed: [], hours: [], slots: [] });
  });

  it('says that somebody is on leave, and never why', () => {
    for (const weeks of [[{ ...rest, hours }], []]) {
      const day = timesOf(planOn('2026-12-07', weeks, [leave]));
      expect(day).toMatchObject({ note: 'On leave', closed: [{ from: 0, to: 1_440 }] });
      expect(JSON.stringify(day)).not.toContain('Surgery');
    }
  });
});
