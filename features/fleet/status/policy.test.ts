import { expect, it } from 'vitest';
import { levelsOf, overallOf } from './policy';

it('is as bad as the worst that is open, and no better than what is measured', () => {
  const levels = levelsOf(
    [
      { impact: 'degraded', components: ['mail', 'payments'] },
      { impact: 'outage', components: ['payments'] },
      { impact: 'maintenance', components: ['databases', 'unknown'] },
    ],
    { application: 'up', databases: 'outage', 'sign-in': 'up', payments: 'up', mail: 'up' },
  );
  expect(levels).toEqual({
    application: 'up',
    'sign-in': 'up',
    databases: 'outage',
    payments: 'outage',
    mail: 'degraded',
  });
  expect(overallOf(levels)).toBe('outage');
  const allUp = { application: 'up', databases: 'up', 'sign-in': 'up', payments: 'up', mail: 'up' } as const;
  expect(overallOf(levelsOf([], allUp))).toBe('up');
  // Nobody has looked: that is not the same as good, and less than what is known to be bad.
  const { mail: _unseen, ...others } = allUp;
  expect(overallOf(levelsOf([], others))).toBe('unknown');
  expect(levelsOf([{ impact: 'degraded', components: ['mail'] }], others).mail).toBe('degraded');
});
