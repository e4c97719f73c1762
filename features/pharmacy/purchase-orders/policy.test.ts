import { expect, it } from 'vitest';
import { isComplete, lineOfCame, openFree, openPacks, orderState } from './policy';

const line = (facts: Record<string, unknown> = {}) => ({
  ...{ medicineId: 'a', unitsPerPack: 10, packs: 10, freePacks: 1, receivedPacks: 0, receivedFree: 0 },
  ...facts,
});

it.each([
  ['nothing came', 'approved', line(), 'approved'],
  ['a part', 'approved', line({ receivedPacks: 4 }), 'part-received'],
  ['the free packs alone', 'approved', line({ receivedFree: 1 }), 'part-received'],
  ['all', 'closed', line({ receivedPacks: 10, receivedFree: 1 }), 'closed'],
  ['the rest is not waited for', 'closed', line({ receivedPacks: 4 }), 'closed-short'],
  ['nobody wants it', 'cancelled', line(), 'cancelled'],
] as const)('%s', (_name, status, one, state) => {
  expect(orderState(status, [one])).toBe(state);
});

it('counts what is open, never below zero', () => {
  expect([openPacks(line({ receivedPacks: 12 })), openFree(line({ receivedFree: 3 }))]).toEqual([0, 0]);
  expect(isComplete([line({ receivedPacks: 10, receivedFree: 0 })])).toBe(false);
  expect(isComplete([line({ receivedPacks: 11, receivedFree: 1 })])).toBe(true);
});

it('finds the line by medicine and size of pack, the open one first', () => {
  const came = { medicineId: 'a', unitsPerPack: 10, packs: 1, freePacks: 0 };
  const full = line({ receivedPacks: 10, receivedFree: 1 });
  expect(lineOfCame([full, line()], came)).toBe(1);
  expect(lineOfCame([full], came)).toBe(0);
  expect(lineOfCame([line({ unitsPerPack: 1 })], came)).toBe(-1);
  expect(lineOfCame([line({ medicineId: 'b' })], came)).toBe(-1);
});
