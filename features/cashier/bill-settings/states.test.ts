import { expect, it } from 'vitest';
import { STATE_OPTIONS, stateOfName, stateOfTaxNumber } from './states';

it('a state is known by its name as people write it, and by the number of a registration', () => {
  expect(['Karnataka', ' tamil nadu', 'JAMMU & KASHMIR', 'Kernataka', null].map(stateOfName)).toEqual([
    ...(['29', '33', '01', null, null] as const),
  ]);
  expect(stateOfTaxNumber('IN', '27AAPFU0939F1ZV')).toBe('27');
  expect(stateOfTaxNumber('AE', '100000000000003')).toBeNull();
  expect(stateOfTaxNumber('IN', null)).toBeNull();
  expect(new Set(STATE_OPTIONS.map(({ value }) => value)).size).toBe(36);
});
