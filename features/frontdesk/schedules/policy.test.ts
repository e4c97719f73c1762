import { describe, expect, it } from 'vitest';
import {
  awayText,
  offeredTimes,
  openMinutes,
  placesOf,
  placesOn,
  planOn,
  readSpans,
  spansText,
  type TimeAway,
  type WeeklyHours,
  weekText,
} from './policy';

const MONDAY = '2026-12-07';
const SUNDAY = '2026-12-06';

const week = (facts: Partial<WeeklyHours> = {}): WeeklyHours => ({
  fromDay: '2026-11-01',
  hours: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '09:00', to: '11:00' },
    { weekday, from: '14:00', to: '15:00' },
  ]),
  breaks: [],
  slotMinutes: 30,
  capacity: 1,
  walkInPercent: 0,
  ...facts,
});
const away = (facts: Partial<TimeAway> = {}): TimeAway => ({
  fromDay: MONDAY,
  toDay: MONDAY,
  isHoliday: false,
  reason: '',
  ...facts,
});

describe('a day of a doctor', () => {
  it('offers slots within the hours of its weekday and none on another', () => {
    expect(offeredTimes(planOn(MONDAY, [week()], []), 30)).toEqual([
      ...['09:00', '09:30', '10:00', '10:30', '14:00', '14:30'],
    ]);
    const sunday = planOn(SUNDAY, [week()], []);
    expect(offeredTimes(sunday, 30)).toEqual([]);
    expect(awayText(sunday)).toBe('Not working');
  });

  it('offers a longer appointment only where all of it fits', () => {
    expect(offeredTimes(planOn(MONDAY, [week()], []), 60)).toEqual(['09:00', '09:30', '10:00', '14:00']);
  });

  it('follows the newest week that has begun', () => {
    const weeks = [week(), week({ fromDay: MONDAY, hours: [{ weekday: 1, from: '18:00', to: '19:00' }] })];
    expect(offeredTimes(planOn('2026-12-04', weeks, []), 30)).toContain('09:00');
    expect(offeredTimes(planOn(MONDAY, weeks, []), 30)).toEqual(['18:00', '18:30']);
    expect(offeredTimes(planOn('2026-12-08', weeks, []), 30)).toEqual([]);
  });

  it('begins again after a break, and keeps its slots beside an hour of leave', () => {
    const broken = planOn(MONDAY, [week({ breaks: [{ from: '09:30', to: '09:40' }] })], []);
    expect(offeredTimes(broken, 30)).toEqual(['09:00', '09:40', '10:10', '14:00', '14:30']);
    const partly = planOn(MONDAY, [week()], [away({ from: '09:00', to: '09:40' })]);
    expect(offeredTimes(partly, 30)).toEqual(['10:00', '10:30', '14:00', '14:30']);
    expect(awayText(partly)).toBe('Away 09:00–09:40');
    expect(openMinutes(partly)).toBe(140);
  });

  it('is closed by leave and by a holiday, with hours and without', () => {
    const holiday = away({ isHoliday: true, reason: 'Diwali' });
    for (const weeks of [[week()], []]) {
      expect(offeredTimes(planOn(MONDAY, weeks, [away()]), 15)).toEqual([]);
      expect(awayText(planOn(MONDAY, weeks, [away()]))).toBe('On leave');
      expect(awayText(planOn(MONDAY, weeks, [holiday]))).toBe('Holiday: Diwali');
    }
    expect(awayText(planOn('2026-12-08', [week()], [away()]))).toBe('');
  });

  it('of a doctor without hours is what it always was', () => {
    const plan = planOn(SUNDAY, [], []);
    expect(plan.isSet).toBe(false);
    expect(offeredTimes(plan, 15)).toHaveLength(32);
    expect(placesOn(plan)).toBe(32);
  });

  it('works until midnight', () => {
    const night = week({ hours: [{ weekday: 1, from: '23:00', to: '00:00' }] });
    expect(offeredTimes(planOn(MONDAY, [night], []), 30)).toEqual(['23:00', '23:30']);
  });
});

describe('places', () => {
  it('kept for walk-ins are spread over the day, and never more than asked', () => {
    const plan = planOn(MONDAY, [week({ slotMinutes: 15, capacity: 2, walkInPercent: 25 })], []);
    const places = plan.slots.map((_, index) => placesOf(plan, index));
    expect(places.slice(0, 4)).toEqual([2, 1, 2, 1]);
    expect(placesOn(plan)).toBe(18);
    expect(placesOn(planOn(MONDAY, [week({ capacity: 3 })], []))).toBe(18);
  });
});

describe('hours as people type them', () => {
  it.each([
    ['9-13, 14:30-18', '09:00-13:00, 14:30-18:00'],
    ['2 pm to 5 pm; 9am–1pm', '09:00-13:00, 14:00-17:00'],
    ['20-24', '20:00-24:00'],
    ['', ''],
  ])('%s is %s', (typed, text) => expect(spansText(readSpans(typed) ?? [])).toBe(text));

  it.each(['9', '13-9', '9-12, 11-14', '9-25', 'morning', '9-9', '9-10-11', '{"$ne":null}'])(
    '%s is refused',
    (typed) => expect(readSpans(typed)).toBeNull(),
  );

  it('are said of days alike together', () => {
    expect(weekText(week())).toBe('Mon to Fri 09:00-11:00, 14:00-15:00');
    const two = [1, 6].map((weekday) => ({ weekday, from: '09:00', to: '10:00' }));
    expect(weekText({ hours: two })).toBe('Mon 09:00-10:00; Sat 09:00-10:00');
    expect(weekText({ hours: [] })).toBe('Sees nobody');
  });
});
