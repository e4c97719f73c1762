import { describe, expect, it } from 'vitest';
import { monthlyCents, stateAfterSync } from './policy';

describe('stateAfterSync', () => {
  it('provisions when the first payment is in', () => {
    expect(stateAfterSync('pending_payment', { status: 'active' }, false)).toBe('provisioning');
  });
  it('stays in provisioning while the database is being made, whatever events arrive', () => {
    expect(stateAfterSync('provisioning', { status: 'active' }, false)).toBe('provisioning');
  });
  it('leaves an abandoned checkout open', () => {
    expect(stateAfterSync('pending_payment', null, false)).toBe('pending_payment');
    expect(stateAfterSync('pending_payment', { status: 'incomplete' }, false)).toBe('pending_payment');
  });
  it('opens again at once when a canceled organization pays', () => {
    expect(stateAfterSync('canceled', { status: 'active' }, true)).toBe('active');
  });
  it('does not cut off at the first declined renewal', () => {
    expect(stateAfterSync('active', { status: 'past_due' }, true)).toBe('past_due');
  });
  it('deactivates when the subscription is gone', () => {
    expect(stateAfterSync('active', { status: 'canceled' }, true)).toBe('canceled');
    expect(stateAfterSync('provisioning', null, true)).toBe('canceled');
  });
  it('never reopens what is being deleted', () => {
    expect(stateAfterSync('deleted', { status: 'active' }, true)).toBe('deleted');
  });
});

describe('monthlyCents', () => {
  it('counts what pays and nothing else', () => {
    const base = { priceCents: 9_900, quantity: 1, interval: 'month' };
    expect(monthlyCents({ ...base, status: 'active' })).toBe(9_900);
    expect(monthlyCents({ ...base, status: 'canceled' })).toBe(0);
    expect(monthlyCents({ ...base, status: 'trialing' })).toBe(0);
    expect(monthlyCents({ status: 'active', priceCents: 99_000, quantity: 1, interval: 'year' })).toBe(8_250);
  });
});
