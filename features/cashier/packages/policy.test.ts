import { describe, expect, it } from 'vitest';
import { heldIn, leftOf, packageState } from './policy';

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

describe('what was done', () => {
  const done = (id: string, serviceId: string, quantity = 1, isFree = false) => ({
    ...{ id, serviceId, quantity, isFree },
  });
  const eye = { parts: [{ serviceId: 'oct', quantity: 1 }] };
  const both = { parts: [{ serviceId: 'oct', quantity: 2 }] };
  it.each([
    ['one after the other, and no more than there is', [eye], [done('a', 'oct'), done('b', 'oct')], ['a']],
    ['as many as packages were bought', [eye, eye], [done('a', 'oct'), done('b', 'oct')], ['a', 'b']],
    ['wholly into one of them', [eye, eye], [done('a', 'oct', 2)], []],
    ['the next where one does not fit', [eye, both], [done('a', 'oct', 2), done('b', 'oct')], ['a', 'b']],
    ['nothing else, and nothing that is free', [eye], [done('a', 'lens'), done('b', 'oct', 1, true)], []],
  ])('fits into packages: %s', (_, packages, all, held) => {
    expect([...heldIn(packages, all)]).toEqual(held);
  });
});
