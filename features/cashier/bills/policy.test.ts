import { describe, expect, it } from 'vitest';
import { billState, consultationFor } from './policy';
import { issueBillInput } from './schema';

describe('the consultation of a visit', () => {
  const paid = { day: '2026-11-20', doctorId: 'a', isFree: false };
  const on = (day: string, doctorId: string | null = 'a') => ({ day, doctorId, hasComeBefore: false });

  it('is free with the same doctor within the days, and a free one opens no other window', () => {
    expect(consultationFor([], on('2026-11-20'), 7)).toEqual({ kind: 'new', freeUntil: null });
    expect(consultationFor([paid], on('2026-11-27'), 7)).toEqual({ kind: 'review', freeUntil: '2026-11-27' });
    expect(consultationFor([paid], on('2026-11-28'), 7).freeUntil).toBeNull();
    expect(consultationFor([paid], on('2026-11-21', 'b'), 7).freeUntil).toBeNull();
    expect(consultationFor([paid], on('2026-11-21', null), 7).freeUntil).toBeNull();
    const free = { day: '2026-11-27', doctorId: 'a', isFree: true };
    expect(consultationFor([free, paid], on('2026-11-30'), 7).freeUntil).toBeNull();
  });

  it('is never free where the hospital gives no days, also not on the same day', () => {
    expect(consultationFor([paid], on('2026-11-20'), 0)).toEqual({ kind: 'review', freeUntil: null });
  });

  it('is a review for who came before there were bills', () => {
    expect(consultationFor([], { ...on('2026-11-20'), hasComeBefore: true }, 7).kind).toBe('review');
  });
});

describe('the state of a bill', () => {
  it('follows from its sums', () => {
    const of = (paidMinor: number, creditedMinor: number, isCredited = false) =>
      billState({ totalMinor: 100, paidMinor, creditedMinor, isCredited });
    expect([of(0, 0), of(40, 0), of(100, 0), of(60, 40), of(0, 100, true), of(0, 40)]).toEqual([
      'due',
      'part-paid',
      'paid',
      'part-credited',
      'credited',
      'due',
    ]);
  });
});

describe('what is posted for a bill', () => {
  const posted = (lines: unknown, more: Record<string, string> = {}) =>
    issueBillInput.safeParse({
      patientId: '0'.repeat(24),
      requestKey: 'a-key-of-a-page',
      lines: typeof lines === 'string' ? lines : JSON.stringify(lines),
      ...more,
    }).success;
  const line = { serviceId: '0'.repeat(24), quantity: 1, unitMinor: 100, isFree: false };

  it('has whole pieces above nothing, and no amounts of its own', () => {
    expect(posted([line])).toBe(true);
    for (const quantity of [0, -1, 1.5, 1_000, '', 'x', '1.5', null])
      expect(posted([{ ...line, quantity }])).toBe(false);
    expect(posted([{ ...line, unitMinor: -1 }])).toBe(false);
    expect(posted([{ ...line, serviceId: { $ne: null } }])).toBe(false);
    for (const lines of ['', '[]', '{', 'null', '{"$ne":null}']) expect(posted(lines)).toBe(false);
  });

  it('has a discount between nothing and the whole', () => {
    expect(posted([line], { discountKind: 'rate', discountRate: '100' })).toBe(true);
    for (const rate of ['-5', '100.01', '1e2']) {
      expect(posted([line], { discountKind: 'rate', discountRate: rate })).toBe(false);
    }
    expect(posted([line], { discountKind: 'amount', discountAmount: '-5' })).toBe(false);
  });
});
