import { expect, it } from 'vitest';
import { type AccountEntry, statementOf } from './policy';

const entries: AccountEntry[] = [
  { day: '2026-04-20', kind: 'payment', reference: 'UTR 2', amountMinor: 30_000 },
  { day: '2026-03-31', kind: 'invoice', reference: 'INV 1', amountMinor: 50_000 },
  { day: '2026-04-20', kind: 'invoice', reference: 'INV 2', amountMinor: 12_345 },
  { day: '2026-04-02', kind: 'credit', reference: 'CN 7', amountMinor: 1_850 },
  { day: '2026-05-01', kind: 'payment', reference: 'UTR 3', amountMinor: 10_000 },
];

it('carries what was owed before, and says after each entry what is owed', () => {
  const { openingMinor, lines, closingMinor, ...sums } = statementOf(entries, {
    ...{ from: '2026-04-01', to: '2026-04-30' },
  });
  expect(openingMinor).toBe(50_000);
  expect(lines.map(({ reference, balanceMinor }) => [reference, balanceMinor])).toEqual([
    ['CN 7', 48_150],
    ['INV 2', 60_495],
    ['UTR 2', 30_495],
  ]);
  expect(closingMinor).toBe(30_495);
  expect(sums).toEqual({ invoicedMinor: 12_345, paidMinor: 30_000, creditedMinor: 1_850 });
});

it('goes on where the one before has ended, whatever the days', () => {
  const upTo = statementOf(entries, { from: '2026-01-01', to: '2026-04-19' });
  const after = statementOf(entries, { from: '2026-04-20', to: '2026-12-31' });
  expect(after.openingMinor).toBe(upTo.closingMinor);
  expect(after.closingMinor).toBe(50_000 + 12_345 - 1_850 - 30_000 - 10_000);
});
