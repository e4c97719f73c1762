import { expect, it } from 'vitest';
import { mailState, nextTime, periodBefore } from './policy';

const daily = { every: 'day', weekday: 1, hour: 7 } as const;
const weekly = { every: 'week', weekday: 1, hour: 2 } as const;

it.each([
  // Clocks go forward in Berlin on Sunday 29 March 2026 and back on 25 October.
  ['2026-03-28T06:00:00Z', '2026-03-29T05:00:00.000Z'],
  ['2026-03-29T05:00:00Z', '2026-03-30T05:00:00.000Z'],
  ['2026-10-24T05:00:00Z', '2026-10-25T06:00:00.000Z'],
  ['2026-10-25T05:59:59Z', '2026-10-25T06:00:00.000Z'],
])('after %s the next day at seven is %s', (after, next) => {
  expect(nextTime(daily, new Date(after), 'Europe/Berlin').toISOString()).toBe(next);
});

it('comes once a week, also where the hour does not exist or comes twice', () => {
  let at = new Date('2026-03-01T00:00:00Z');
  const days: string[] = [];
  for (let count = 0; count < 40; count++) {
    at = nextTime({ ...weekly, weekday: 7 }, at, 'Europe/Berlin');
    days.push(at.toISOString().slice(0, 10));
  }
  expect(new Set(days).size).toBe(40);
  expect(days.slice(3, 6)).toEqual(['2026-03-22', '2026-03-29', '2026-04-05']);
});

it('is about the days before it', () => {
  expect(periodBefore('2026-03-02', 'day')).toEqual({ from: '2026-03-01', to: '2026-03-01', days: 1 });
  expect(periodBefore('2026-03-02', 'week')).toEqual({ from: '2026-02-23', to: '2026-03-01', days: 7 });
});

it('says first what keeps a mail from being sent, then how its newest one did', () => {
  const fine = { isMember: true, mayRead: true, isConfirmed: true, job: null, wasSent: false };
  const after = (state: 'waiting' | 'running' | 'done' | 'dead', attempts: number) =>
    mailState({ ...fine, job: { state, attempts }, wasSent: true });
  expect(mailState(fine)).toBe('new');
  expect(after('done', 1)).toBe('sent');
  expect(after('waiting', 0)).toBe('sent');
  expect(after('running', 1)).toBe('sent');
  expect(after('waiting', 1)).toBe('retrying');
  expect(after('running', 2)).toBe('retrying');
  expect(after('dead', 12)).toBe('failed');
  const job = { state: 'dead' as const, attempts: 12 };
  expect(mailState({ ...fine, job, isConfirmed: false })).toBe('unconfirmed');
  expect(mailState({ ...fine, job, mayRead: false, isConfirmed: false })).toBe('may-not-read');
  expect(mailState({ ...fine, job, isMember: false, mayRead: false })).toBe('has-left');
});
