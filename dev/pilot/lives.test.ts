import { expect, it } from 'vitest';
import { PILOT_KINDS } from './kinds';
import { lifeOf, startOf, stepsOf } from './lives';

const DAY = 86_400;
const DAYS = { readOnly: 7, suspended: 21, canceled: 60 };
/** Each day of four years, so also 29 February and the ends of all months. */
const NOWS = Array.from({ length: 1_461 }, (_, day) => Date.UTC(2026, 0, 1, 11) / 1_000 + day * DAY);

it('a life begins two years ago, ends now or a day before, and goes by steps that Stripe allows', () => {
  const wrong: string[] = [];
  for (const kind of PILOT_KINDS) {
    const life = lifeOf(kind, DAYS);
    const longest = (life.interval === 'year' ? 367 : 32) * DAY;
    for (const now of NOWS) {
      const start = startOf(life, now);
      const times = stepsOf(life, start).map(({ at }) => at);
      const end = times.at(-1) ?? 0;
      const isWhole = now - start > 729 * DAY && end <= now && end >= now - DAY;
      const isAllowed = times.every((at, index) => {
        const passed = at - (times[index - 1] ?? start);
        return passed > 0 && passed <= longest;
      });
      if (!isWhole || !isAllowed) wrong.push(`${kind.key} at ${now}`);
    }
  }
  expect(wrong).toEqual([]);
});

it('who is late is within the days of grace, and who was stopped is past them and not yet suspended', () => {
  for (const days of [
    DAYS,
    { readOnly: 1, suspended: 2, canceled: 3 },
    { readOnly: 30, suspended: 45, canceled: 90 },
  ]) {
    const since = (key: string) => {
      const kind = PILOT_KINDS.find((each) => each.key === key);
      if (!kind) throw new Error(`There is no ${key}`);
      return lifeOf(kind, days).renewedDaysAgo;
    };
    expect(since('late')).toBeLessThan(days.readOnly);
    expect(since('stopped')).toBeGreaterThanOrEqual(days.readOnly);
    expect(since('stopped')).toBeLessThan(days.suspended);
    expect(since('small')).toBeGreaterThan(0);
  }
});

it('nobody who is to pay has a card that is declined', () => {
  const declined = PILOT_KINDS.filter((kind) =>
    lifeOf(kind, DAYS).deeds.some(({ deed }) => deed === 'decline'),
  );
  expect(declined.map(({ key }) => key)).toEqual(['late', 'stopped']);
});

it('changes of plan fall between the same renewals on whatever day it is', () => {
  const counts = new Set<string>();
  for (const key of ['small', 'gulf']) {
    const kind = PILOT_KINDS.find((each) => each.key === key);
    if (!kind) throw new Error(`There is no ${key}`);
    const life = lifeOf(kind, DAYS);
    for (const now of NOWS) {
      const steps = stepsOf(life, startOf(life, now));
      // Renewals before, between and after the changes; the end of the life is none.
      const parts = steps.map(({ deed }) => (deed ? '|' : '.')).join('');
      counts.add(
        `${key} ${parts
          .slice(0, -1)
          .split('|')
          .map((part) => part.length)
          .join(' ')}`,
      );
    }
  }
  expect([...counts]).toEqual(['small 16 3 5', 'gulf 13 11']);
});
