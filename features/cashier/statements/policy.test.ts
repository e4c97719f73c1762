import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accountFrom } from './policy';

it('a statement carries forward what was before, and ends with the sum of all', () => {
  const entry = fc.record({
    day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`),
    amountMinor: fc.integer({ min: -1e9, max: 1e9 }),
  });
  fc.assert(
    fc.property(fc.array(entry), fc.integer({ min: 1, max: 28 }), (typed, first) => {
      const entries = typed.map((one) => ({ ...one, at: `${one.day}T10:00:00Z`, what: 'Bill' }));
      const from = `2026-11-${String(first).padStart(2, '0')}`;
      const { openingMinor, lines, closingMinor } = accountFrom(entries, from);
      const sum = entries.reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(closingMinor).toBe(sum);
      expect(openingMinor + lines.reduce((all, { amountMinor }) => all + amountMinor, 0)).toBe(sum);
      expect(lines.at(-1)?.balanceMinor ?? openingMinor).toBe(closingMinor);
      expect(lines.every(({ day }) => day >= from)).toBe(true);
    }),
  );
});
