import { expect, it } from 'vitest';
import { onTheWay, transferAge, transferState } from './policy';
import { sendTransferInput } from './schema';

const line = (received: number, lost = 0, back = 0) => ({ sent: 10, received, lost, back });

it('is on its way until every piece has arrived, got lost or gone back', () => {
  expect(onTheWay(line(4, 1, 2))).toBe(3);
  expect(transferState([line(0), line(0)])).toBe('sent');
  expect(transferState([line(10), line(0)])).toBe('part');
  expect(transferState([line(10), line(3, 5, 2)])).toBe('done');
});

it('is late after two days', () => {
  const now = new Date('2026-06-10T12:00:00Z');
  expect(transferAge('2026-06-08T12:00:00Z', now)).toEqual({ days: 2, isLate: false });
  expect(transferAge('2026-06-07T11:00:00Z', now)).toEqual({ days: 3, isLate: true });
});

it.each([
  ['nothing', []],
  ['none of a lot', [{ batchId: 'c'.repeat(24), quantity: 0 }]],
  ['less than none', [{ batchId: 'c'.repeat(24), quantity: -1 }]],
  ['half a piece', [{ batchId: 'c'.repeat(24), quantity: 0.5 }]],
  ['an operator', [{ batchId: { $ne: null }, quantity: 1 }]],
  [
    'a lot twice',
    [
      { batchId: 'c'.repeat(24), quantity: 1 },
      { batchId: 'c'.repeat(24), quantity: 2 },
    ],
  ],
])('does not send %s', (_what, lines) => {
  const typed = { fromId: 'a'.repeat(24), toId: 'b'.repeat(24), lines: JSON.stringify(lines) };
  expect(sendTransferInput.safeParse(typed).success).toBe(false);
});

it('does not send from a store to itself', () => {
  const lines = JSON.stringify([{ batchId: 'c'.repeat(24), quantity: 1 }]);
  const from = 'a'.repeat(24);
  expect(sendTransferInput.safeParse({ fromId: from, toId: from, lines }).success).toBe(false);
  expect(sendTransferInput.safeParse({ fromId: from, toId: 'b'.repeat(24), lines }).success).toBe(true);
});
