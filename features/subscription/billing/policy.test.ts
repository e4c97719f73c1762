import { describe, expect, it } from 'vitest';
import { monthlyCents, nonPaymentSchedule, nonPaymentStage, stateAfterSync } from './policy';

describe('stateAfterSync', () => {
  it('provisions when the first payment is in', () => {
    expect(stateAfterSync('pending_payment', { status: 'active' }, false)).toBe('provisioning');
  });
  it('stays in provisioning while the database is being made, whatever events arrive', () => {
    expect(stateAfterSync('provisioning', { status: 'active' }, false)).toBe('provisioning');
    // Opened a moment ago, its last step not written yet.
    expect(stateAfterSync('active', { status: 'active' }, false)).toBe('active');
    expect(stateAfterSync('past_due', { status: 'active' }, false)).toBe('active');
  });
  it('leaves an abandoned checkout open', () => {
    expect(stateAfterSync('pending_payment', null, false)).toBe('pending_payment');
    expect(stateAfterSync('pending_payment', { status: 'incomplete' }, false)).toBe('pending_payment');
  });
  it('ends with a subscription that was paid and canceled before any event came', () => {
    // Found by lives.db.test.ts: [["cancel", "renew"], [0]]; the order of events decided the state.
    expect(stateAfterSync('pending_payment', { status: 'canceled' }, true)).toBe('canceled');
    expect(stateAfterSync('pending_payment', { status: 'incomplete_expired' }, true)).toBe('pending_payment');
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

describe('the stages of non-payment', () => {
  const since = new Date('2026-01-01T00:00:00Z');
  const schedule = nonPaymentSchedule(since, { readOnly: 7, suspended: 21, canceled: 60 });
  const at = (days: number) => nonPaymentStage(schedule, new Date(since.getTime() + days * 86_400_000));
  it('begin on their day and name the next one', () => {
    expect(at(0)).toEqual({ stage: 'retrying', nextStageAt: schedule.readOnlyAt });
    expect(at(6.99).stage).toBe('retrying');
    expect(at(7)).toEqual({ stage: 'read_only', nextStageAt: schedule.suspendedAt });
    expect(at(21)).toEqual({ stage: 'suspended', nextStageAt: schedule.canceledAt });
    expect(at(60)).toEqual({ stage: 'canceled', nextStageAt: null });
  });
  it('decide the state of an unpaid organization, and a payment puts it back', () => {
    const unpaid = { status: 'past_due' };
    expect(stateAfterSync('active', unpaid, true, { stage: 'retrying' })).toBe('past_due');
    expect(stateAfterSync('past_due', unpaid, true, { stage: 'read_only' })).toBe('read_only');
    expect(stateAfterSync('read_only', unpaid, true, { stage: 'suspended' })).toBe('suspended');
    expect(stateAfterSync('suspended', { status: 'active' }, true)).toBe('active');
  });
  it('keep the records of a paused organization in sight', () => {
    expect(stateAfterSync('active', { status: 'active' }, true, { isResting: true })).toBe('read_only');
    expect(stateAfterSync('active', { status: 'paused' }, true)).toBe('read_only');
  });
});
