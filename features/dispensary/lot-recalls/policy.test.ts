import { expect, it } from 'vitest';
import { lettersTo, MOST_LETTERS, recipientsOf } from './policy';

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

it('writes to those without a letter first, to nobody who has brought all of it back, and to so many at once', () => {
  const all = Array.from({ length: MOST_LETTERS + 2 }, (_, index) => ({
    id: index,
    kept: index === 1 ? 0 : 1,
  }));
  const first = lettersTo(all, () => false);
  expect(first).toHaveLength(MOST_LETTERS);
  expect(first).not.toContainEqual({ id: 1, kept: 0 });
  const second = lettersTo(all, (one) => first.includes(one));
  expect(second[0]).toEqual({ id: MOST_LETTERS + 1, kept: 1 });
});
