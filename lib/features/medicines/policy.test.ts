import { describe, expect, it } from 'vitest';
import { splitByExpiry, stockMark } from './policy';

const batches = [
  { id: 'c', expiresOn: '2027-01-31', quantity: 5 },
  { id: 'a', expiresOn: '2026-12-31', quantity: 3 },
  { id: 'x', expiresOn: '2026-11-22', quantity: 50 },
];

describe('splitByExpiry', () => {
  it('takes the batch that expires first, then the next', () => {
    expect(splitByExpiry(batches, 4, '2026-11-23')).toEqual([
      { id: 'a', quantity: 3 },
      { id: 'c', quantity: 1 },
    ]);
  });
  it('uses a batch on its last day and never after', () => {
    expect(splitByExpiry(batches, 50, '2026-11-22')?.[0]).toEqual({ id: 'x', quantity: 50 });
    expect(splitByExpiry(batches, 9, '2026-11-23')).toBeNull();
  });
});

it('stockMark warns at the reorder level', () => {
  expect([stockMark(0, 5), stockMark(5, 5), stockMark(6, 5), stockMark(1, 0)]).toEqual(['out', 'low', 'enough', 'enough']);
});
