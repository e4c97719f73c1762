import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type DayPlan,
  placesOn,
  planOn,
  WEEKDAY_NUMBERS,
  type WeeklyHours,
} from '@/features/frontdesk/schedules/policy';
import { clockOf } from '@/lib/clock';
import { timeOf } from '@/lib/time';
import {
  Bookings,
  DayFrame,
  freeTimesIn,
  freeTimesOf,
  type PlacedAppointment,
  problemWith,
  type Slot,
  slotAt,
  strandedIn,
} from './slots';

/** How often a time zone was asked: what costs most of all that is done here. */
const asked = vi.hoisted(() => ({ count: 0 }));
vi.mock('@date-fns/tz', async (load) => {
  const real = await load<typeof import('@date-fns/tz')>();
  class Counted extends real.TZDate {
    constructor(...facts: ConstructorParameters<typeof real.TZDate>) {
      asked.count += 1;
      super(...facts);
    }
  }
  return { ...real, TZDate: Counted };
});

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

describe('a doctor with hours', () => {
  const week = (facts: Partial<WeeklyHours> = {}): WeeklyHours => ({
    fromDay: '2020-01-01',
    hours: WEEKDAY_NUMBERS.map((weekday) => ({ weekday, from: '00:00', to: '06:00' })),
    breaks: [],
    slotMinutes: 30,
    capacity: 1,
    walkInPercent: 0,
    ...facts,
  });
  const freeOn = (day: string, weeks: WeeklyHours[], busy: Slot[] = [], durationMinutes = 30) =>
    freeTimesIn({
      day,
      durationMinutes,
      busy,
      timeZone: NEW_YORK,
      now: longAgo,
      plan: planOn(day, weeks, []),
    });

  it('loses the hour that the clocks skip, and gains none where they go back', () => {
    expect(freeOn('2026-03-07', [week()])).toHaveLength(12);
    const spring = freeOn('2026-03-08', [week()]);
    expect(spring).toHaveLength(10);
    expect(spring).not.toContain('02:00');
    expect(spring).toContain('03:00');
    const autumn = freeOn('2026-11-01', [week()]);
    expect(autumn).toHaveLength(12);
    expect(autumn.slice(0, 4)).toEqual(['00:00', '00:30', '01:00', '01:30']);
  });

  it('is full where its places are taken, on the day of the clocks too', () => {
    const taken = slotAt('2026-03-08', '03:00', 30, NEW_YORK);
    expect(freeOn('2026-03-08', [week()], [taken])).not.toContain('03:00');
    expect(freeOn('2026-03-08', [week({ capacity: 2 })], [taken])).toContain('03:00');
    expect(freeOn('2026-03-08', [week({ capacity: 2 })], [taken, taken])).not.toContain('03:00');
  });

  it('says what stands against a time', () => {
    const day = '2026-06-01';
    const problem = (time: string, minutes = 30, busy: string[] = [], facts: Partial<WeeklyHours> = {}) =>
      problemWith(
        planOn(
          day,
          [week(facts)],
          [{ fromDay: day, toDay: day, from: '05:00', to: '05:30', isHoliday: false, reason: '' }],
        ),
        slotAt(day, time, minutes, NEW_YORK),
        busy.map((at) => slotAt(day, at, 30, NEW_YORK)),
        { day, timeZone: NEW_YORK },
      );
    expect(problem('01:00')).toBeNull();
    expect(problem('01:10')).toBe('between');
    expect(problem('05:00')).toBe('away');
    expect(problem('05:45')).toBe('closed');
    expect(problem('01:00', 60, ['01:30'])).toBe('full');
    expect(problem('01:00', 30, [], { walkInPercent: 90 })).toBe('kept');
  });

  it('is never booked beyond its capacity, whatever is tried in whatever order', () => {
    const day = '2026-03-08';
    fc.assert(
      fc.property(
        fc.record({
          capacity: fc.integer({ min: 1, max: 3 }),
          slotMinutes: fc.constantFrom(10, 15, 20, 30, 45, 60),
          walkInPercent: fc.constantFrom(0, 20, 50),
        }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(10, 15, 20, 30, 45, 60)), {
          maxLength: 120,
        }),
        (facts, tries) => {
          const plan = planOn(day, [week(facts)], []);
          const booked: Slot[] = [];
          for (const [minutes, length] of tries) {
            // Half of the tries are right on a slot, so that something is booked.
            const at = minutes % 2 ? minutes : Math.floor(minutes / facts.slotMinutes) * facts.slotMinutes;
            const slot = tryAt(day, clockOf(at), length);
            if (slot && problemWith(plan, slot, booked, { day, timeZone: NEW_YORK }) === null)
              booked.push(slot);
          }
          const most = Math.max(
            0,
            ...booked.map(
              ({ startsAt }) =>
                booked.filter((other) => other.startsAt <= startsAt && startsAt < other.endsAt).length,
            ),
          );
          expect(most).toBeLessThanOrEqual(facts.capacity);
          expect(booked.length).toBeLessThanOrEqual(placesOn(plan));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what a day costs', () => {
  const timeZone = NEW_YORK;
  const wholeDay = (slotMinutes: number): WeeklyHours => ({
    ...{ fromDay: '2020-01-01', breaks: [], slotMinutes, capacity: 2, walkInPercent: 0 },
    hours: WEEKDAY_NUMBERS.map((weekday) => ({ weekday, from: '00:00', to: '23:40' })),
  });
  /** Bookings that say how often somebody looks at them. */
  const watched = (day: string, count: number) => {
    const looked = { count: 0 };
    const first = slotAt(day, '06:00', 5, timeZone).startsAt.getTime();
    const busy = Array.from({ length: count }, (_, index): Slot => {
      const startsAt = new Date(first + index * 60_000);
      const endsAt = new Date(startsAt.getTime() + 300_000);
      return {
        get startsAt() {
          looked.count += 1;
          return startsAt;
        },
        endsAt,
      };
    });
    return { busy, looked };
  };
  beforeEach(() => {
    asked.count = 0;
  });

  it.each([
    ['an ordinary day', '2026-06-01', 2],
    ['a day on which the clocks change', '2026-03-08', 2 + 2 * 142],
  ])('on %s asks the time zone and each booking a bounded number of times', (_what, day, most) => {
    const plan = planOn(day, [wholeDay(10)], []);
    for (const count of [50, 400]) {
      const { busy, looked } = watched(day, count);
      asked.count = 0;
      const times = freeTimesIn({ day, durationMinutes: 10, busy, timeZone, now: longAgo, plan });
      expect(times.length).toBeGreaterThan(50);
      expect(asked.count).toBeLessThanOrEqual(most);
      expect(looked.count).toBe(count);
    }
  });

  it('is paid once by a season that is searched for many', () => {
    const day = '2026-06-01';
    const bookings = new Bookings(new DayFrame(planOn(day, [wholeDay(10)], []), { day, timeZone }));
    for (let patient = 0; patient < 284; patient++) {
      const [time = ''] = freeTimesOf(bookings, 10, longAgo);
      const at = slotAtNoCost(day, time);
      bookings.add({ startsAt: at, endsAt: new Date(at.getTime() + 600_000) });
    }
    expect(freeTimesOf(bookings, 10, longAgo)).toEqual([]);
    expect(asked.count).toBe(2 + 1);
  });

  it('does not grow with those whom a change may leave without their time', () => {
    const day = '2026-06-01';
    const at = slotAt(day, '09:00', 10, timeZone);
    const all = Array.from({ length: 500 }, (_, index) => ({
      ...at,
      ...{ id: String(index), day, isOverbooked: false, isStranded: false },
    }));
    asked.count = 0;
    const plan = planOn(day, [wholeDay(10)], []);
    expect(strandedIn(all, { before: () => plan, after: () => plan, timeZone }).size).toBe(498);
    expect(asked.count).toBeLessThanOrEqual(4);
  });

  let midnight: Date | undefined;
  const slotAtNoCost = (day: string, time: string): Date => {
    midnight ??= slotAt(day, '00:00', 10, timeZone).startsAt;
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return new Date(midnight.getTime() + (hours * 60 + minutes) * 60_000);
  };
});

describe('who loses a time', () => {
  const day = '2026-06-01';
  const timeZone = NEW_YORK;
  const open = (from: string, to: string, capacity = 1) =>
    planOn(
      day,
      [
        {
          ...{ fromDay: '2020-01-01', breaks: [], slotMinutes: 15, walkInPercent: 0, capacity },
          hours: WEEKDAY_NUMBERS.map((weekday) => ({ weekday, from, to })),
        },
      ],
      [],
    );
  const one = (id: string, time: string, facts: Partial<PlacedAppointment> = {}): PlacedAppointment => ({
    ...slotAt(day, time, 15, timeZone),
    ...{ id, day, isOverbooked: false, isStranded: false },
    ...facts,
  });
  const lost = (all: PlacedAppointment[], before: DayPlan, after: DayPlan) => [
    ...strandedIn(all, { before: () => before, after: () => after, timeZone }),
  ];

  it('is who lies outside of shorter hours, and nobody between slots', () => {
    const all = [one('a', '09:00'), one('b', '09:05', { endsAt: slotAt(day, '09:05', 5, timeZone).endsAt })];
    expect(lost(all.slice(1), open('09:00', '17:00'), open('09:00', '12:00'))).toEqual([]);
    expect(
      lost([one('a', '09:00'), one('c', '16:00')], open('09:00', '17:00'), open('09:00', '12:00')),
    ).toEqual(['c']);
  });

  it('is who came last where fewer fit, and never who was put on top on purpose', () => {
    const all = [one('a', '09:00'), one('b', '09:00'), one('c', '09:00', { isOverbooked: true })];
    expect(lost(all, open('09:00', '17:00', 2), open('09:00', '17:00', 1))).toEqual(['b']);
    expect(lost(all, open('09:00', '17:00', 1), open('09:00', '17:00', 2))).toEqual([]);
  });

  it('is who was put outside on purpose only when the doctor is newly away', () => {
    const evening = one('e', '20:00', { isOverbooked: true });
    expect(lost([evening], open('09:00', '17:00'), open('09:00', '16:00'))).toEqual([]);
    const holiday = planOn(day, [], [{ fromDay: day, toDay: day, isHoliday: true, reason: 'Diwali' }]);
    expect(lost([evening], open('09:00', '17:00'), holiday)).toEqual(['e']);
  });
});

/** The instants of a time; null where the clocks skip it or the day ends before it does. */
function tryAt(day: string, time: string, minutes: number): Slot | null {
  try {
    return slotAt(day, time, minutes, NEW_YORK);
  } catch {
    return null;
  }
}
