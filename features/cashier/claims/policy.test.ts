import { describe, expect, it } from 'vitest';
import { CLAIM_STATE_IDS, CLAIM_STEPS, claimAge, openOf, stepsOf, turnOf } from './policy';

const cashless = { mode: 'cashless' as const };

describe('a claim', () => {
  it('goes round between asking and answering in both stages, and is enhanced only before the bill', () => {
    const of = (stage: 'authorization' | 'claim', status: (typeof CLAIM_STATE_IDS)[number]) =>
      stepsOf({ ...cashless, stage, status });
    expect(of('authorization', 'draft')).toEqual(['send', 'withdraw']);
    expect(of('authorization', 'sent')).toEqual(['query', 'approve', 'reject', 'withdraw']);
    expect(of('authorization', 'queried')).toEqual(['answer', 'approve', 'reject', 'withdraw']);
    expect(of('authorization', 'approved')).toEqual(['enhance', 'withdraw']);
    expect(of('claim', 'draft')).toEqual(['send']);
    expect(of('claim', 'sent')).toEqual(['query', 'approve', 'reject']);
    expect(of('claim', 'approved')).toEqual([]);
    // An appeal is the same claim, sent once more.
    expect(of('claim', 'rejected')).toEqual(['send']);
    for (const stage of ['authorization', 'claim'] as const)
      expect([of(stage, 'settled'), of(stage, 'withdrawn')]).toEqual([[], []]);
  });

  it('of which only the papers are given has that one step', () => {
    const paper = { mode: 'reimbursement' as const, stage: 'claim' as const };
    expect(stepsOf({ ...paper, status: 'draft' })).toEqual(['send']);
    expect(stepsOf({ ...paper, status: 'sent' })).toEqual([]);
    expect(turnOf({ ...paper, status: 'sent' })).toBe('closed');
  });

  it('is on one worklist in every state', () => {
    const lists = CLAIM_STATE_IDS.map((status) => turnOf({ ...cashless, stage: 'claim', status }));
    expect(lists).toEqual(['ours', 'payer', 'ours', 'payer', 'ours', 'closed', 'closed']);
    expect(turnOf({ ...cashless, stage: 'authorization', status: 'approved' })).toBe('ours');
  });

  it('never leads out of what is settled', () => {
    for (const step of Object.values(CLAIM_STEPS))
      expect((step.from as readonly string[]).includes('settled')).toBe(false);
  });
});

it('of 100,000 claimed, 90,000 paid, 8,000 withheld and 2,000 cut leaves nothing open', () => {
  const sums = { claimedMinor: 10_000_000, receivedMinor: 9_000_000, tdsMinor: 800_000 };
  expect(openOf({ ...sums, writtenOffMinor: 200_000, returnedMinor: 0 })).toBe(0);
});

it('the age of what is open changes at 30, 60, 90 and 180 days', () => {
  const at = '2026-11-30';
  expect(claimAge('2026-10-31', at)).toBe('to30');
  expect(claimAge('2026-10-30', at)).toBe('to60');
  expect(claimAge('2026-10-01', at)).toBe('to60');
  expect(claimAge('2026-09-30', at)).toBe('to90');
  expect(claimAge('2026-09-01', at)).toBe('to90');
  expect(claimAge('2026-08-31', at)).toBe('to180');
  expect(claimAge('2026-06-03', at)).toBe('to180');
  expect(claimAge('2026-06-02', at)).toBe('older');
});
