import { expect, it } from 'vitest';
import { addOrderInput } from './schema';

const row = (facts: Record<string, string> = {}) => ({
  ...{ medicineId: 'a'.repeat(24), medicineName: 'Timolol', unitsPerPack: '', packs: '10', freePacks: '' },
  ...{ rate: '60.50', ...facts },
});
const read = (rows: unknown) =>
  addOrderInput.safeParse({
    supplierId: 'b'.repeat(24),
    requestKey: 'k'.repeat(16),
    lines: JSON.stringify(rows),
  });

it('reads rows, without a rate too, and leaves empty ones out', () => {
  const empty = { medicineId: '', medicineName: '', unitsPerPack: '', packs: '', freePacks: '', rate: '' };
  expect(read([row(), empty, row({ rate: '', freePacks: '1', unitsPerPack: '10' })]).data?.lines).toEqual([
    { medicineId: 'a'.repeat(24), packs: 10, freePacks: 0, unitsPerPack: 1, rate: '60.50' },
    { medicineId: 'a'.repeat(24), packs: 10, freePacks: 1, unitsPerPack: 10, rate: undefined },
  ]);
});

it.each([
  ['no packs', [row({ packs: '0' })], 'Timolol: how many packs.'],
  ['no medicine', [row({ medicineId: '' })], 'Timolol: choose the medicine.'],
  ['letters', [row({ rate: 'x', freePacks: '-1' })], 'Timolol: the free packs as a whole number, the rate.'],
  ['more than are ordered', [row({ packs: '1000000' })], 'Timolol: at most 999,999 packs.'],
  ['too many digits', [row({ unitsPerPack: '9'.repeat(12) })], 'Timolol: at most 999,999 in a pack.'],
  ['nothing', [], 'Enter what is ordered: at least one line.'],
  ['no list', { $ne: null }, 'The lines could not be read. Open this again.'],
])('refuses %s with a sentence', (_name, rows, sentence) => {
  expect(read(rows).error?.issues[0]?.message).toBe(sentence);
});
