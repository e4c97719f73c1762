import { expect, it } from 'vitest';
import { levelsOf, overallOf } from './policy';

it('is as bad as the worst that is open, and no better than what is measured', () => {
  const levels = levelsOf(
    [
      { impact: 'degraded', components: ['mail', 'payments'] },
      { impact: 'outage', components: ['payments'] },
      { impact: 'maintenance', components: ['databases', 'unknown'] },
    ],
    { databases: 'outage', 'sign-in': 'up' },
  );
  expect(levels).toEqual({
    application: 'up',
    'sign-in': 'up',
    databases: 'outage',
    payments: 'outage',
    mail: 'degraded',
  });
  expect(overallOf(levels)).toBe('outage');
  expect(overallOf(levelsOf([], {}))).toBe('up');
});
