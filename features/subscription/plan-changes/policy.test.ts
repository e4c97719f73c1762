import { describe, expect, it } from 'vitest';
import { changeKind, monthsLater, offerFor, overLimits } from './policy';

const seconds = (day: string): number => Date.parse(`${day}T10:00:00Z`) / 1_000;
const GIB = 1024 ** 3;

describe('a change of terms', () => {
  it.each([
    ['starter', 'month', 'professional', 'month', 'now'],
    ['starter', 'month', 'starter', 'year', 'now'],
    ['starter', 'year', 'professional', 'month', 'now'],
    ['professional', 'month', 'starter', 'month', 'later'],
    ['professional', 'month', 'starter', 'year', 'later'],
    ['professional', 'year', 'professional', 'month', 'later'],
    ['starter', 'month', 'starter', 'month', 'none'],
  ] as const)('%s by the %s to %s by the %s is made %s', (plan, interval, toPlan, toInterval, kind) => {
    expect(changeKind({ plan, interval }, { plan: toPlan, interval: toInterval })).toBe(kind);
  });
});

describe('what is over the limit of a smaller plan', () => {
  it('names seats, storage, branches and features, and deletes nothing', () => {
    const use = { seats: { used: 12 }, storage: { usedBytes: 6 * GIB }, branches: 3, hasAnalytics: true };
    const over = overLimits(use, 'starter');
    expect(over).toHaveLength(4);
    expect(over[0]).toContain('12 staff accounts are in use and Starter includes 5');
    expect(over[0]).toContain('until 7 of them are free');
    expect(over[1]).toContain('6 GiB are stored and Starter includes 1 GiB');
    expect(over[2]).toContain('3 branches are open and Starter includes one');
    expect(over[3]).toContain('come back with an upgrade');
  });

  it('says nothing where all fits, at the limit too', () => {
    expect(
      overLimits(
        { seats: { used: 5 }, storage: { usedBytes: GIB }, branches: 1, hasAnalytics: false },
        'starter',
      ),
    ).toEqual([]);
  });
});

describe('the offer to somebody who leaves', () => {
  const monthly = { interval: 'month', hasHadDiscount: false, isPaid: true } as const;
  it('fits the reason, and is made once', () => {
    expect(offerFor('too_expensive', monthly)).toBe('discount');
    expect(offerFor('too_expensive', { ...monthly, hasHadDiscount: true })).toBeNull();
    expect(offerFor('unused', monthly)).toBe('pause');
    expect(offerFor('switched_service', monthly)).toBeNull();
  });
  it('is not made for a year paid ahead, nor for nothing paid', () => {
    expect(offerFor('unused', { ...monthly, interval: 'year' })).toBeNull();
    expect(offerFor('too_expensive', { ...monthly, isPaid: false })).toBeNull();
  });
});

it('adds calendar months as Stripe does, without running into the month after', () => {
  expect(monthsLater(seconds('2026-01-31'), 1)).toBe(seconds('2026-02-28'));
  expect(monthsLater(seconds('2026-11-30'), 3)).toBe(seconds('2027-02-28'));
  expect(monthsLater(seconds('2026-05-15'), 2)).toBe(seconds('2026-07-15'));
});
