import { expect, it } from 'vitest';
import { countedAt, differenceValue, expectedThen } from './policy';
import { foundLotInput, saveCountsInput } from './schema';

it('holds a count against the moment at which it was typed, whatever a clock says', () => {
  const [begun, now] = [new Date('2026-06-10T09:00:00Z'), new Date('2026-06-10T11:00:00Z')];
  const at = (seconds: number) => countedAt(seconds, { begun, now }).toISOString();
  expect(at(600)).toBe('2026-06-10T10:50:00.000Z');
  expect(at(-60)).toBe(now.toISOString());
  // Before it began nobody has counted.
  expect(at(90_000)).toBe(begun.toISOString());
  const typed = { stocktakeId: 'a'.repeat(24), sentAt: '61000' };
  const line = { batchId: 'b'.repeat(24), counted: 3, version: 0, typedAt: 1_000 };
  expect(saveCountsInput.parse({ ...typed, lines: JSON.stringify([line]) }).lines).toEqual([
    { batchId: line.batchId, counted: 3, version: 0, secondsAgo: 60 },
  ]);
  for (const wrong of [[], [{ ...line, counted: -1 }], [{ ...line, counted: 1.5 }], [line, line]])
    expect(saveCountsInput.safeParse({ ...typed, lines: JSON.stringify(wrong) }).success).toBe(false);
});

it('takes off what has moved since', () => {
  expect(expectedThen(7, [{ quantity: -3 }, { quantity: 2 }])).toBe(8);
  expect(expectedThen(0, [])).toBe(0);
});

it('values a difference by what a piece has cost', () => {
  expect(differenceValue(-3, { pieces: 10, valueMinor: 1_001 })).toBe(-300);
  expect(differenceValue(0, { pieces: 0, valueMinor: null })).toBe(0);
  expect(differenceValue(2, { pieces: 10, valueMinor: null })).toBeNull();
});

it('takes a found lot with what stands on it', () => {
  const typed = { stocktakeId: 'a'.repeat(24), medicineId: 'b'.repeat(24), lotNumber: 'X', counted: '2' };
  expect(foundLotInput.parse({ ...typed, expiresOn: '03/2030' }).expiresOn).toBe('2030-03-31');
  expect(foundLotInput.safeParse({ ...typed, expiresOn: 'soon' }).success).toBe(false);
  expect(foundLotInput.safeParse({ ...typed, expiresOn: '03/2030', counted: '0' }).success).toBe(false);
});
