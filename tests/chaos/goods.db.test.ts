import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { receiveGoodsInput } from '@/features/pharmacy/goods-receipts/schema';
import { receiveGoods } from '@/features/pharmacy/goods-receipts/service';
import { batchModel, medicineModel, movementModel, packCodeModel } from '@/features/pharmacy/medicines/model';
import { supplierProductModel } from '@/features/pharmacy/supplier-products/model';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { Changers, type Death, deathsAmong } from './changer';

/** As in the sale: a death at every message with `npm run chaos`. */
const isLong = Number(process.env.CHAOS_ROUNDS ?? 0) > 0;
const PIECES = 33;
const COST_MINOR = 10_006;

const changers = new Changers();
let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let goods: Record<string, string>;
let medicineIds: string[];
beforeAll(async () => {
  await changers.begin();
  org = await testOrganization();
  ctx = org.ctx('owner');
  const { id: supplierId } = await addSupplier(ctx, addSupplierInput.parse({ name: 'Sai', creditDays: '9' }));
  medicineIds = [(await aMedicine(ctx)).id, (await aMedicine(ctx)).id];
  const day = today(ctx.timeZone);
  // Two packs of eleven and one for nothing, at a price that no piece has a whole part of.
  const lines = medicineIds.map((medicineId, at) => ({
    ...{ medicineId, medicineName: 'T', unitsPerPack: '11', packs: '2', freePacks: '1', lotNumber: `G${at}` },
    ...{ expiresOn: shiftDay(day, 400), rate: '50.03', mrp: '', discount: '', taxBp: '0' },
    ...{ gtin: at === 0 ? '08901234567890' : '', theirName: `As they call it ${at}` },
  }));
  goods = { supplierId, invoiceDay: day, total: '200.12', isTaxClaimed: 'on', lines: JSON.stringify(lines) };
});
afterAll(async () => {
  await changers.end();
  await org.dispose();
  await closeConnections();
});

/** Enters an invoice in a process of its own. @returns what it sent; null when it died on the way. */
async function receiveApart(token: string, killAt?: Death): Promise<string[] | null> {
  const { organizationId, owner } = org;
  return changers.make('goods', { organizationId, userId: owner.id, token, killAt, goods });
}

/** How many invoices there are, and that ledger, lots, stock and what it has cost are those of so many. */
async function countInvoices(): Promise<number> {
  const invoices = await goodsReceiptModel(ctx).countDocuments({});
  const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  for (const id of medicineIds) {
    const of = { medicineId: objectId(id) };
    const [medicine, lots, rows] = await Promise.all([
      medicineModel(ctx).findById(objectId(id)).orFail().lean(),
      batchModel(ctx).find(of).lean(),
      movementModel(ctx).find(of).lean(),
    ]);
    expect(rows).toHaveLength(invoices);
    expect(sum(rows, ({ quantity }) => quantity)).toBe(invoices * PIECES);
    expect(sum(rows, ({ costMinor }) => costMinor ?? 0)).toBe(invoices * COST_MINOR);
    expect([medicine.onHand, sum(lots, ({ quantity }) => quantity)]).toEqual(
      Array(2).fill(invoices * PIECES),
    );
    expect(lots.map(({ valueMinor }) => valueMinor)).toEqual(invoices > 0 ? [invoices * COST_MINOR] : []);
  }
  const known = [
    await packCodeModel(ctx).countDocuments({}),
    await supplierProductModel(ctx).countDocuments({}),
  ];
  expect(known).toEqual(invoices > 0 ? [1, 2] : [0, 0]);
  return invoices;
}

it('a computer that dies between any two writes of an invoice leaves it whole or not at all, and the press that comes again enters it once', {
  timeout: isLong ? 3_600_000 : 600_000,
}, async () => {
  const sent = await receiveApart(randomUUID());
  if (!sent) throw new Error('The invoice that nobody disturbed was not entered');
  let invoices = await countInvoices();
  // Its own, and the one with which the process has warmed up.
  expect(invoices).toBe(2);
  const all = deathsAmong(sent, isLong);
  // Around the first write and the commit; the sale has the others, and the long form has all.
  const isShort = (death: Death, at: number) => at < 2 || sent[death.index] === 'commitTransaction';
  const deaths = isLong ? all : all.filter(isShort);
  expect(deaths.length).toBeGreaterThan(3);
  const outcomes = new Set<number>();
  for (const death of deaths) {
    const token = randomUUID();
    const said = `died at ${sent[death.index]} (${death.index}), ${death.moment}`;
    expect(await receiveApart(token, death), said).toBeNull();
    const whole = await goodsReceiptModel(ctx).countDocuments({ requestKey: token });
    expect(await countInvoices(), said).toBe(invoices + 1 + whole);
    outcomes.add(whole);
    const invoiceNumber = token.replaceAll('-', '');
    const again = receiveGoodsInput.parse({ ...goods, requestKey: token, invoiceNumber });
    await receiveGoods(ctx, again);
    await receiveGoods(ctx, again);
    invoices += 2;
    expect(await countInvoices(), said).toBe(invoices);
  }
  // Deaths on both sides of the commit were among them.
  expect(outcomes).toEqual(new Set([0, 1]));
});
