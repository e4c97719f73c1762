import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  dueDay,
  invoiceAmounts,
  type PurchaseFacts,
  payableAge,
  pieceMrp,
  piecesOf,
  purchaseAmounts,
  readLine,
  TAX_RATES_BP,
} from './policy';

const strips: PurchaseFacts = {
  ...{ unitsPerPack: 10, packs: 10, freePacks: 1, rateMinor: 8_000, discountBp: 500, taxBp: 500 },
};
const plain = { chargesMinor: 0, roundOffMinor: 0, isTaxClaimed: true, isHalved: true };

it('costs what was paid, over all pieces: the free ones cost nothing', () => {
  expect(purchaseAmounts(strips, true)).toEqual({
    ...{ grossMinor: 80_000, discountMinor: 4_000, schemeMinor: 0 },
    ...{ taxableMinor: 76_000, taxMinor: 3_800, netMinor: 79_800 },
  });
  expect(piecesOf(strips)).toBe(110);
  expect(invoiceAmounts([strips], plain).lines[0]?.costMinor).toBe(76_000);
  expect(invoiceAmounts([strips], { ...plain, isTaxClaimed: false }).lines[0]?.costMinor).toBe(79_800);
});

it('takes the scheme off what the trade discount leaves, and taxes the rest', () => {
  // 10 strips and 1 free at 80.00, 5 % trade and 2 % scheme: 800.00 - 40.00 - 15.20, and 5 % of 744.80.
  expect(purchaseAmounts({ ...strips, schemeBp: 200 }, true)).toMatchObject({
    ...{ discountMinor: 4_000, schemeMinor: 1_520, taxableMinor: 74_480, taxMinor: 3_724, netMinor: 78_204 },
  });
  // The example of the textbook: a scheme of 5 % alone.
  const scheme = { ...strips, discountBp: 0, schemeBp: 500 };
  expect(invoiceAmounts([scheme], plain).lines[0]).toMatchObject({ taxableMinor: 76_000, costMinor: 76_000 });
  expect(invoiceAmounts([scheme], { ...plain, isTaxClaimed: false }).lines[0]?.costMinor).toBe(79_800);
  // As an amount, and never more than there is.
  expect(purchaseAmounts({ ...strips, schemeMinor: 1_000 }, true).taxableMinor).toBe(75_000);
  expect(purchaseAmounts({ ...strips, schemeMinor: 99_999 }, true).taxableMinor).toBe(0);
});

it('names the limit of what is above it, and what is asked for where no whole number stands', () => {
  const typed = {
    ...{
      medicineId: 'a'.repeat(24),
      medicineName: 'Timolol',
      unitsPerPack: ' 10 ',
      packs: '1',
      freePacks: '',
    },
    ...{ lotNumber: 'T1', expiresOn: '03/2030', rate: '10', mrp: '', discount: '', taxBp: '500' },
  };
  expect(readLine(typed).line).toMatchObject({ unitsPerPack: 10, packs: 1, freePacks: 0 });
  expect(readLine({ ...typed, packs: '1000000', freePacks: '1x', unitsPerPack: '0' }).problem).toBe(
    'Timolol: at most 999,999 packs, the free packs as a whole number, how many are in a pack.',
  );
});

it('reads a scheme as it is typed', () => {
  const typed = {
    ...{ medicineId: 'a'.repeat(24), medicineName: 'Timolol', unitsPerPack: '1', packs: '1', freePacks: '' },
    ...{ lotNumber: 'T1', expiresOn: '03/2030', rate: '10', mrp: '', discount: '', taxBp: '500' },
  };
  const schemeOf = (scheme: string) => {
    const { line, problem } = readLine({ ...typed, scheme });
    return line ? [line.schemeBp, line.scheme] : problem;
  };
  expect([schemeOf('2 %'), schemeOf('2.5%'), schemeOf('50.00'), schemeOf('')]).toEqual([
    ...[
      [200, undefined],
      [250, undefined],
      [undefined, '50.00'],
    ],
    [undefined, undefined],
  ]);
  expect(schemeOf('101 %')).toMatch(/scheme in percent or as an amount/);
  expect(schemeOf('much')).toMatch(/scheme/);
});

it('has two equal halves of tax where the country has two', () => {
  const odd = { ...strips, packs: 1, freePacks: 0, rateMinor: 333, discountBp: 0 };
  expect(purchaseAmounts(odd, true).taxMinor % 2).toBe(0);
  expect(purchaseAmounts(odd, false).taxMinor).toBe(17);
});

it('cuts freight by value, and by pieces where all of it was free', () => {
  const dear = { ...strips, discountBp: 0, taxBp: 0, freePacks: 0 };
  const cheap = { ...dear, rateMinor: 2_000 };
  const { lines } = invoiceAmounts([dear, cheap], { ...plain, chargesMinor: 1_001 });
  expect(lines.map(({ costMinor }) => costMinor)).toEqual([80_801, 20_200]);
  const free = { ...strips, packs: 0, freePacks: 3 };
  const all = invoiceAmounts([free, { ...free, freePacks: 1 }], { ...plain, chargesMinor: 400 });
  expect(all.lines.map(({ costMinor }) => costMinor)).toEqual([300, 100]);
  expect(all.totalMinor).toBe(400);
});

it('sells a piece for its part of the pack, and never for more', () => {
  expect(pieceMrp(10_000, 3)).toBe(3_333);
  expect(pieceMrp(8_500, 1)).toBe(8_500);
});

it('knows when an invoice is due', () => {
  expect(dueDay('2026-11-30', 30)).toBe('2026-12-30');
  expect(payableAge({ dueMinor: 1, dueOn: '2026-11-29' }, '2026-11-30')).toBe('overdue');
  expect(payableAge({ dueMinor: 1, dueOn: '2026-11-30' }, '2026-11-30')).toBe('due');
  expect(payableAge({ dueMinor: 0, dueOn: '2026-01-01' }, '2026-11-30')).toBe('paid');
});

const facts = fc.record({
  unitsPerPack: fc.integer({ min: 1, max: 100 }),
  packs: fc.integer({ min: 0, max: 500 }),
  freePacks: fc.integer({ min: 0, max: 50 }),
  rateMinor: fc.integer({ min: 0, max: 9_999_999 }),
  discountBp: fc.integer({ min: 0, max: 10_000 }),
  schemeBp: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
  schemeMinor: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
  taxBp: fc.constantFrom(...TAX_RATES_BP),
});

/** Half up, in whole numbers, without the product's own function. */
const half = (minor: number, bp: number): number => Math.floor((minor * bp * 2 + 10_000) / 20_000);

it('comes to the paisa to what somebody else computes, and the costs to what is paid', () => {
  fc.assert(
    fc.property(
      fc.array(facts, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 500_000 }),
      fc.integer({ min: -50, max: 50 }),
      fc.boolean(),
      (lines, chargesMinor, roundOffMinor, isTaxClaimed) => {
        const rest = { chargesMinor, roundOffMinor, isTaxClaimed, isHalved: true };
        const found = invoiceAmounts(lines, rest);
        let [taxable, tax] = [0, 0];
        for (const { packs, rateMinor, discountBp, schemeBp, schemeMinor, taxBp } of lines) {
          const gross = packs * rateMinor;
          const left = gross - half(gross, discountBp);
          const net = Math.max(left - (schemeMinor ?? half(left, schemeBp ?? 0)), 0);
          taxable += net;
          tax += 2 * half(net, taxBp / 2);
        }
        expect([found.taxableMinor, found.taxMinor]).toEqual([taxable, tax]);
        expect(found.totalMinor).toBe(taxable + tax + chargesMinor + roundOffMinor);
        const carriesCharges = taxable > 0 || lines.some((line) => piecesOf(line) > 0);
        const cost = found.lines.reduce((sum, { costMinor }) => sum + costMinor, 0);
        expect(cost).toBe(taxable + (isTaxClaimed ? 0 : tax) + (carriesCharges ? chargesMinor : 0));
      },
    ),
  );
});
