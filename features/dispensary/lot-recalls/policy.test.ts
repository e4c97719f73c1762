import { expect, it } from 'vitest';
import { recipientsOf } from './policy';

it('has each patient once, with what they still have, the latest first', () => {
  const given = [
    { patientId: 'a', day: '2026-11-01', quantity: 2, returned: 1 },
    { patientId: 'b', day: '2026-11-03', quantity: 1, returned: 1 },
    { patientId: 'a', day: '2026-11-05', quantity: 1, returned: 0 },
  ];
  expect(recipientsOf(given)).toEqual([
    { patientId: 'a', kept: 2, lastDay: '2026-11-05' },
    { patientId: 'b', kept: 0, lastDay: '2026-11-03' },
  ]);
  expect(recipientsOf([])).toEqual([]);
});
