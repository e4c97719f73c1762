import { describe, expect, it } from 'vitest';
import { leftOf, packageState } from './policy';

const of = (used: number, more = {}) => ({
  ...{ parts: [{ quantity: 2, used }], isEnded: false, until: '2026-11-30' },
  ...more,
});

describe('a package', () => {
  it('is open through its last day, then lapsed with what was not used', () => {
    expect(packageState(of(1), '2026-11-30')).toBe('open');
    expect(packageState(of(1), '2026-12-01')).toBe('lapsed');
    expect(leftOf(of(1))).toBe(1);
  });
  it('is used up with its last part, and stays so', () => {
    expect(packageState(of(2), '2026-11-30')).toBe('used');
    expect(packageState(of(2), '2027-11-30')).toBe('used');
  });
  it('is taken back whatever was used', () => {
    expect(packageState(of(2, { isEnded: true }), '2026-11-30')).toBe('ended');
  });
});
