import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taxComponentsOn } from '../price-list/taxes';
import {
  billAmounts,
  creditAmounts,
  creditTotals,
  discountProblem,
  discountShareBp,
  lineAmounts,
} from './amounts';

const INDIA = { country: 'IN', isRegistered: true };
const halves = (rateBp: number) => [
  { name: 'CGST', rateBp: rateBp / 2 },
  { name: 'SGST', rateBp: rateBp / 2 },
];
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 999 }),
  unitMinor: fc.integer({ min: 0, max: 10_000_000 }),
  isInclusive: fc.boolean(),
  components: fc.constantFrom(0, 500, 1_200, 1_800, 2_800).map((rate) => (rate === 0 ? [] : halves(rate))),
});
const lines = fc.array(line, { minLength: 1, maxLength: 12 });
const discount = fc.oneof(
  fc.constant(null),
  fc.record({ rateBp: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ amountMinor: fc.integer({ min: 0, max: 50_000_000 }) }),
);
const step = fc.constantFrom(1, 100, 1_000);
const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);

describe('a bill', () => {
  it('is its lines and its round-off, and its discount and taxes are those of its lines', () => {
    fc.assert(
      fc.property(lines, discount, step, (of, given, to) => {
        const bill = billAmounts(of, given, to);
        expect(sum(bill.lines.map((one) => one.totalMinor)) + bill.roundOffMinor).toBe(bill.totalMinor);
        expect(sum(bill.lines.map((one) => one.taxMinor))).toBe(bill.taxMinor);
        expect(sum(bill.lines.map((one) => one.discountMinor))).toBe(bill.discountMinor);
        expect(bill.totalMinor % to).toBe(0);
        expect(Math.abs(bill.roundOffMinor) * 2).toBeLessThanOrEqual(to);
        expect(bill.totalMinor).toBeGreaterThanOrEqual(0);
        for (const one of bill.lines) {
          expect(one.taxableMinor).toBeGreaterThanOrEqual(0);
          expect(one.taxableMinor + sum(one.taxes.map(({ amountMinor }) => amountMinor))).toBe(
            one.totalMinor,
          );
        }
      }),
    );
  });

  it('has CGST equal to SGST in each line, inclusive or not', () => {
    fc.assert(
      fc.property(lines, discount, (of, given) => {
        for (const { taxes } of billAmounts(of, given, 1).lines)
          expect(taxes[0]?.amountMinor).toBe(taxes[1]?.amountMinor);
      }),
    );
  });

  it('with a price that holds the tax comes to that price', () => {
    fc.assert(
      fc.property(line, (one) => {
        const { totalMinor, grossMinor } = lineAmounts({ ...one, isInclusive: true });
        expect(totalMinor).toBe(grossMinor);
      }),
    );
    const mrp = lineAmounts({ quantity: 1, unitMinor: 10_000, isInclusive: true, components: halves(500) });
    expect(mrp).toMatchObject({ taxableMinor: 9_524, taxMinor: 476 });
  });

  it('takes at most the whole as a discount, and says its share rounded up', () => {
    const all = billAmounts(
      [{ quantity: 1, unitMinor: 500, isInclusive: false, components: [] }],
      { amountMinor: 900 },
      1,
    );
    expect(all).toMatchObject({ discountMinor: 500, totalMinor: 0 });
    expect(discountShareBp({ grossMinor: 30_000, discountMinor: 3_001 })).toBe(1_001);
    expect(discountShareBp({ grossMinor: 0, discountMinor: 0 })).toBe(0);
  });
});

it('a discount above what there is is said, and not made less', () => {
  const inr = { code: 'INR', locale: 'en-IN' };
  expect(discountProblem({ amountMinor: 50_000 }, 50_000, inr)).toBeNull();
  expect(discountProblem({ amountMinor: 50_001 }, 50_000, inr)).toMatch(/more than the services: ₹500/);
  expect(discountProblem({ rateBp: 10_000 }, 50_000, inr)).toBeNull();
  expect(discountProblem({ rateBp: 15_000 }, 50_000, inr)).toMatch(/at most 100 percent/);
});

describe('a credit', () => {
  it('piece by piece gives back exactly what was billed, in every amount', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        discount,
        step,
        fc.nat(),
        (of, given, to, seed) => {
          const facts = of.map((one) => ({ ...one, quantity: 1 + (one.quantity % 4) }));
          const bill = billAmounts(facts, given, to);
          const billed = bill.lines.map((one, index) => ({
            ...one,
            quantity: facts[index]?.quantity ?? 1,
            creditedQuantity: 0,
          }));
          let left = bill.totalMinor;
          let roundOff = 0;
          const given2 = { total: 0, tax: 0, taxable: 0, discount: 0 };
          let turn = seed;
          for (;;) {
            const open = billed.filter((one) => one.creditedQuantity < one.quantity);
            const next = open[turn++ % Math.max(open.length, 1)];
            if (!next) break;
            const credit = creditAmounts(next, 1);
            next.creditedQuantity++;
            const isLast = billed.every((one) => one.creditedQuantity === one.quantity);
            const note = creditTotals([credit], { leftMinor: left, isLast, step: to });
            expect(note.totalMinor).toBeLessThanOrEqual(0);
            expect(-note.totalMinor).toBeLessThanOrEqual(left);
            left += note.totalMinor;
            roundOff += note.roundOffMinor;
            given2.total += credit.totalMinor;
            given2.tax += credit.taxMinor;
            given2.taxable += credit.taxableMinor;
            given2.discount += credit.discountMinor;
          }
          expect(left).toBe(0);
          expect(roundOff).toBe(0 - bill.roundOffMinor);
          expect(given2).toEqual({
            total: 0 - sum(bill.lines.map((one) => one.totalMinor)),
            tax: 0 - bill.taxMinor,
            taxable: 0 - bill.taxableMinor,
            discount: 0 - bill.discountMinor,
          });
        },
      ),
    );
  });
});

describe('the tax of a day', () => {
  it('is that of the day of supply: 12 % became 5 % on 22 September 2025', () => {
    expect(taxComponentsOn(INDIA, 'medicine', '2025-09-21')).toEqual(halves(1_200));
    expect(taxComponentsOn(INDIA, 'medicine', '2025-09-22')).toEqual(halves(500));
  });

  it('is none for what is exempt or nil, for unknown classes, and for those who are not registered', () => {
    expect(taxComponentsOn(INDIA, 'health', '2026-01-01')).toEqual([]);
    expect(taxComponentsOn(INDIA, 'medicine-nil', '2026-01-01')).toEqual([]);
    expect(taxComponentsOn(INDIA, 'constructor', '2026-01-01')).toEqual([]);
    expect(taxComponentsOn({ ...INDIA, isRegistered: false }, 'medicine', '2026-01-01')).toEqual([]);
    expect(taxComponentsOn({ country: 'US', isRegistered: true }, 'health', '2026-01-01')).toEqual([]);
  });

  it('are one tax instead of two halves for goods that are supplied in another state, never for care', () => {
    const elsewhere = { ...INDIA, isInterState: true };
    expect(taxComponentsOn(elsewhere, 'frame', '2025-09-21')).toEqual([{ name: 'IGST', rateBp: 1_200 }]);
    expect(taxComponentsOn(elsewhere, 'frame', '2025-09-22')).toEqual([{ name: 'IGST', rateBp: 500 }]);
    expect(taxComponentsOn(elsewhere, 'cosmetic', '2026-01-01')).toEqual(halves(1_800));
    expect(taxComponentsOn({ ...elsewhere, isRegistered: false }, 'frame', '2026-01-01')).toEqual([]);
    expect(taxComponentsOn({ ...elsewhere, country: 'AE' }, 'standard', '2026-01-01')).toEqual([
      { name: 'VAT', rateBp: 500 },
    ]);
  });
});
