import { describe, expect, it } from 'vitest';
import { healthOf, isWellBelow, levelOf, type Signals, shareToTell } from './policy';

const NOW = new Date('2026-06-15T12:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 24 * 3_600_000);
const signals = (changes: Partial<Signals> = {}): Signals => ({
  status: 'active',
  isCancelling: false,
  createdAt: daysAgo(200),
  lastSeenAt: daysAgo(0),
  activeUsers: { last7: 8, before7: 8 },
  staff: 10,
  staffLimit: 20,
  storageBytes: 10,
  storageLimit: 100,
  ...changes,
});
const textsOf = (changes: Partial<Signals>) =>
  healthOf(signals(changes), NOW).reasons.map(({ text }) => text);

describe('the health of a customer', () => {
  it('is full without a reason to worry', () => {
    expect(healthOf(signals(), NOW)).toEqual({ score: 100, reasons: [] });
  });

  it.each<[Partial<Signals>, string, number]>([
    [{ status: 'past_due' }, 'A payment is overdue', 45],
    [{ isCancelling: true }, 'The subscription will not renew', 60],
    [{ lastSeenAt: daysAgo(3) }, 'Nobody has worked for 3 days', 85],
    [{ lastSeenAt: daysAgo(20) }, 'Nobody has worked for 20 days', 50],
    [{ lastSeenAt: null, createdAt: daysAgo(8) }, 'Nobody has begun in 8 days', 70],
    [{ activeUsers: { last7: 5, before7: 8 } }, '5 people worked this week, 8 the week before', 80],
    [{ activeUsers: { last7: 2, before7: 8 } }, '2 people worked this week, 8 the week before', 65],
    [{ staff: 9 }, 'Only 9 of 20 staff accounts are used', 90],
    [{ staff: 21, storageBytes: 101 }, 'More staff accounts and storage than the plan includes', 90],
  ])('%j is worth its reason', (changes, text, score) => {
    expect(healthOf(signals(changes), NOW)).toMatchObject({ score, reasons: [{ text }] });
  });

  it('names the gravest reason first and does not fall below nothing', () => {
    const worst = { status: 'canceled' as const, lastSeenAt: daysAgo(3), isCancelling: true };
    expect(textsOf(worst)).toEqual([
      'The subscription has ended',
      'The subscription will not renew',
      'Nobody has worked for 3 days',
    ]);
    expect(healthOf(signals(worst), NOW).score).toBe(0);
  });

  it('judges nobody by a day off, nor a hospital that still learns by its seats', () => {
    expect(textsOf({ activeUsers: { last7: 1, before7: 2 } })).toEqual([]);
    expect(textsOf({ staff: 1, createdAt: daysAgo(29) })).toEqual([]);
    expect(textsOf({ lastSeenAt: daysAgo(2) })).toEqual([]);
    expect(textsOf({ staffLimit: null, staff: 1 })).toEqual([]);
  });

  it('has a level for every score', () => {
    expect([0, 49, 50, 79, 80, 100].map(levelOf)).toEqual(['risk', 'risk', 'watch', 'watch', 'good', 'good']);
  });
});

describe('a limit', () => {
  it('is told of at 80 and at 100 per cent, and again only after it was well below', () => {
    expect([3, 4, 5, 6].map((used) => shareToTell(used, 5))).toEqual([0, 80, 100, 100]);
    expect([shareToTell(9, null), shareToTell(0, 0)]).toEqual([0, 0]);
    expect([74, 75, 80].map((used) => isWellBelow(used, 100))).toEqual([true, false, false]);
  });
});
