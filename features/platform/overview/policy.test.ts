import { describe, expect, it } from 'vitest';
import { isStuck, recurringRevenue, withoutCredentials } from './policy';
import { eventListQuery, organizationListQuery } from './schema';

const subscription = { status: 'active', priceCents: 9_900, quantity: 1, interval: 'month', currency: 'usd' };

describe('recurring revenue', () => {
  it('adds what is paid, counts a year as a twelfth and leaves out what is canceled', () => {
    const paying = recurringRevenue([
      { subscription, count: 2 },
      { subscription: { ...subscription, priceCents: 120_000, interval: 'year' }, count: 1 },
      { subscription: { ...subscription, status: 'canceled' }, count: 7 },
      { subscription: { ...subscription, status: 'trialing' }, count: 1 },
    ]);
    expect(paying).toEqual([{ currency: 'usd', cents: 2 * 9_900 + 10_000 }]);
  });

  it('never adds two currencies', () => {
    const revenue = recurringRevenue([
      { subscription, count: 1 },
      { subscription: { ...subscription, currency: 'eur', priceCents: 50_000 }, count: 1 },
    ]);
    expect(revenue).toEqual([
      { currency: 'eur', cents: 50_000 },
      { currency: 'usd', cents: 9_900 },
    ]);
  });
});

describe('a database being made', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  it('is stuck after a failure or after minutes, not in its first seconds', () => {
    expect(isStuck({ hasFailed: false, startedAt: new Date('2026-11-23T09:59:50Z') }, now)).toBe(false);
    expect(isStuck({ hasFailed: true, startedAt: new Date('2026-11-23T09:59:50Z') }, now)).toBe(true);
    expect(isStuck({ hasFailed: false, startedAt: new Date('2026-11-23T09:50:00Z') }, now)).toBe(true);
    const atVendor = { hasFailed: false, isAtVendor: true };
    expect(isStuck({ ...atVendor, startedAt: new Date('2026-11-23T09:50:00Z') }, now)).toBe(false);
    expect(isStuck({ ...atVendor, startedAt: new Date('2026-11-23T08:50:00Z') }, now)).toBe(true);
  });

  it('shows its error without a password', () => {
    expect(withoutCredentials('cannot reach mongodb://org_1:se%40cret@10.0.0.1:27017/x now')).toBe(
      'cannot reach mongodb://…@10.0.0.1:27017/x now',
    );
  });
});

describe('addresses typed by hand', () => {
  it('count as not said where they do not fit', () => {
    expect(
      organizationListQuery.parse({ status: 'nonsense', plan: 'starter', q: '  ', sort: ['name', 'x'] }),
    ).toEqual({
      plan: 'starter',
    });
    expect(eventListQuery.parse({ outcome: { $ne: null }, after: 'x'.repeat(999) })).toEqual({});
  });
});
