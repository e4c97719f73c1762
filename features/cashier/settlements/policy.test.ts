import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settlementProblem } from './policy';

const part = (more: Partial<Parameters<typeof settlementProblem>[1][number]> = {}) => ({
  ...{ number: 'L/1', openMinor: 10_000, receivedMinor: 0, tdsMinor: 0, cutMinor: 0, hasReason: true },
  ...more,
});

describe('a transfer over several claims', () => {
  it('is what was received for them, to the paisa', () => {
    const parts = [part({ receivedMinor: 9_000, tdsMinor: 1_000 }), part({ receivedMinor: 333 })];
    expect(settlementProblem(9_333, parts)).toBeNull();
    expect(settlementProblem(9_332, parts)).toMatchObject({ field: 'amount' });
    expect(settlementProblem(9_334, parts)).toMatchObject({ field: 'amount' });
  });

  it('enters no more than is open, nothing below nothing, and no cut without why', () => {
    const refused = (one: Parameters<typeof part>[0], amount: number) =>
      settlementProblem(amount, [part(one)])?.field;
    expect(refused({ receivedMinor: 10_001 }, 10_001)).toBe('parts');
    expect(refused({ receivedMinor: 9_000, tdsMinor: 1_001 }, 9_000)).toBe('parts');
    expect(refused({ receivedMinor: 100, cutMinor: -1 }, 100)).toBe('parts');
    expect(refused({}, 0)).toBe('parts');
    expect(refused({ cutMinor: 500, hasReason: false }, 0)).toBe('parts');
    expect(refused({ cutMinor: 500 }, 0)).toBeUndefined();
  });

  it('adds up however it is spread', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: -3, max: 3 }), (received, off) => {
        const sum = received.reduce((all, one) => all + one, 0);
        const parts = received.map((receivedMinor) => part({ receivedMinor, openMinor: receivedMinor }));
        expect(settlementProblem(sum + off, parts) === null).toBe(off === 0);
      }),
    );
  });
});
