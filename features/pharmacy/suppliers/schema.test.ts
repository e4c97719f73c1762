import { expect, it } from 'vitest';
import { setLevelInput } from '../stock-levels/schema';
import { addSupplierInput } from './schema';

it('a number that is too high is refused by its limit, and not for being no number', () => {
  const credit = (creditDays: string) =>
    addSupplierInput.safeParse({ name: 'Sri Sai', creditDays }).error?.issues[0]?.message ?? null;
  expect([credit('365'), credit('0')]).toEqual([null, null]);
  expect(credit('1000')).toMatch(/at most 365/);
  expect(credit('a week')).toMatch(/whole number/);
  const level = (min: string) =>
    setLevelInput.safeParse({
      ...{ medicineId: 'a'.repeat(24), storeId: 'b'.repeat(24), version: '0', min, max: '999999' },
    }).error?.issues[0]?.message ?? null;
  expect(level('5')).toBeNull();
  expect(level('1000000')).toMatch(/at most 999,999/);
});
