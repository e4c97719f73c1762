import { expect, it } from 'vitest';
import { estimateState, usualEnd } from './policy';

it.each([
  [{ validUntil: '2026-11-30', isWithdrawn: false }, 'open'],
  [{ validUntil: '2026-11-29', isWithdrawn: false }, 'lapsed'],
  [{ validUntil: '2026-12-29', isWithdrawn: true }, 'withdrawn'],
  [{ validUntil: '2026-11-01', isWithdrawn: false, billId: 'b' }, 'billed'],
] as const)('an estimate of %o is %s on 30 November', (facts, state) => {
  expect(estimateState(facts, '2026-11-30')).toBe(state);
});

it('holds for thirty days', () => expect(usualEnd('2026-12-15')).toBe('2027-01-14'));
