import { describe, expect, it } from 'vitest';
import { ORGANIZATION_PURPOSES, ORGANIZATION_STATES } from '../master/vocabulary';
import { isOpen, paidUntil, shownState, standingOf } from './standing';

describe('how an organization stands', () => {
  const plain = { status: 'active', isSuspended: false, owes: false } as const;

  it('is paying or on trial while all is well, and overdue while a payment is missing', () => {
    expect(standingOf(plain)).toBe('paying');
    expect(standingOf({ ...plain, subscriptionStatus: 'trialing' })).toBe('trial');
    for (const status of ['past_due', 'read_only'] as const)
      expect(standingOf({ ...plain, status, owes: true })).toBe('overdue');
    expect(standingOf({ ...plain, status: 'read_only' })).toBe('paused');
  });

  it('is suspended by the company whatever is paid, but not after it has left', () => {
    for (const status of ORGANIZATION_STATES) {
      const isGone = status === 'canceled' || status === 'deleted';
      expect(standingOf({ ...plain, status, isSuspended: true })).toBe(isGone ? 'gone' : 'suspended');
      expect(shownState({ status, suspension: { reason: 'x' } })).toBe(isGone ? status : 'suspended');
      expect(shownState({ status })).toBe(status);
    }
  });

  it('counts nobody who pays nothing by nature', () => {
    for (const purpose of ORGANIZATION_PURPOSES)
      expect(isOpen(standingOf({ ...plain, purpose }))).toBe(purpose === 'customer');
  });
});

describe('paid until', () => {
  const end = new Date('2027-03-29');
  const plain = { status: 'active', currentPeriodEnd: end, unpaidSince: null, isPaused: false, known: null };
  const before = new Date('2026-12-29');

  it('is the end of the period, and no later than what was paid', () => {
    expect(paidUntil(plain)).toBe(end);
    expect(paidUntil({ ...plain, status: 'past_due', unpaidSince: before })).toBe(before);
    expect(paidUntil({ ...plain, isPaused: true, known: before })).toBe(before);
    expect(paidUntil({ ...plain, status: 'trialing' })).toBeNull();
  });
});
