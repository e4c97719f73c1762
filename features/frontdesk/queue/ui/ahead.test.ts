import { describe, expect, it } from 'vitest';
import type { QueueEntry } from '../dto';
import { aheadOf, type Presses, withoutAnswered } from './ahead';

const row = (id: string, of: Partial<QueueEntry> = {}) =>
  ({ id, station: 'doctor', status: 'waiting', priority: 'normal', queuedAt: 'then', ...of }) as QueueEntry;
const rows = [row('a'), row('b')];
const pressed = (of: Partial<QueueEntry> | null, underWay = 1): Presses =>
  new Map([['a', { ahead: of, since: row('a'), underWay }]]);

describe('a row of the queue that was pressed', () => {
  it('shows what the press makes of it, and no other row does', () => {
    expect(aheadOf(rows, pressed({ status: 'called' }))).toEqual([row('a', { status: 'called' }), row('b')]);
    expect(aheadOf(rows, pressed(null))).toEqual([row('b')]);
    expect(aheadOf(rows, new Map())).toEqual(rows);
  });

  it('is the server’s again once the server has answered and the row is another one, or gone', () => {
    const answered = pressed({ status: 'called' }, 0);
    expect(withoutAnswered(rows, answered)).toBe(answered);
    expect(withoutAnswered([row('a', { status: 'in-progress' })], answered).size).toBe(0);
    expect(withoutAnswered([row('b')], answered).size).toBe(0);
    expect(withoutAnswered([row('a', { queuedAt: 'later' })], answered).size).toBe(0);
  });

  it('stays as it was pressed while there is no answer, whatever comes in between', () => {
    const underWay = pressed({ status: 'in-progress' });
    const between = [row('a', { status: 'called' }), row('b')];
    expect(withoutAnswered(between, underWay)).toBe(underWay);
    expect(aheadOf(between, underWay)[0]?.status).toBe('in-progress');
  });
});
