import { expect, it } from 'vitest';
import { dailyUse, packsToOrder } from './policy';

it('orders for so many days of use beside the reorder level, in whole packs', () => {
  const need = {
    given: 140,
    days: 70,
    usable: 0,
    onOrder: 0,
    reorderLevel: 5,
    coverDays: 30,
    unitsPerPack: 10,
  };
  expect(dailyUse(need)).toBe(2);
  expect(packsToOrder(need)).toBe(7);
  expect(packsToOrder({ ...need, usable: 15, onOrder: 10 })).toBe(4);
  expect(packsToOrder({ ...need, usable: 65 })).toBe(0);
  expect(packsToOrder({ ...need, given: -3, usable: 5 })).toBe(0);
});

it('orders up to the most once there is the least, where somebody has said so', () => {
  const level = { min: 10, max: 60 };
  const need = {
    given: 900,
    days: 90,
    usable: 500,
    onOrder: 0,
    reorderLevel: 5,
    coverDays: 90,
    unitsPerPack: 12,
  };
  expect(packsToOrder({ ...need, level: { ...level, usable: 11 } })).toBe(0);
  expect(packsToOrder({ ...need, level: { ...level, usable: 10 } })).toBe(5);
  expect(packsToOrder({ ...need, onOrder: 12, level: { ...level, usable: 0 } })).toBe(0);
});

it('does not make much of one good day', () => {
  expect(dailyUse({ given: 14, days: 1 })).toBe(2);
});
