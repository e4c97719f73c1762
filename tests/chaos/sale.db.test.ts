import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { billModel } from '@/features/cashier/bills/model';
import { chargeModel } from '@/features/cashier/charges/model';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { sellInput } from '@/features/dispensary/sales/schema';
import { sell } from '@/features/dispensary/sales/service';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { aBatch } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { Changers, type Death, deathsAmong } from './changer';

/** `npm run chaos`: a death at every message of a sale; without it around its writes of each kind. */
const isLong = Number(process.env.CHAOS_ROUNDS ?? 0) > 0;
const PIECES = 2;
const IN_STOCK = 900;
const TOTAL_MINOR = 5_000;

const changers = new Changers();
let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let medicineIds: string[];
beforeAll(async () => {
  await changers.begin();
  org = await testOrganization();
  ctx = org.ctx('owner');
  const medicines = [await aBatch(ctx, { quantity: IN_STOCK }), await aBatch(ctx, { quantity: IN_STOCK })];
  medicineIds = medicines.map(({ id }) => id);
});
afterAll(async () => {
  await changers.end();
  await org.dispose();
  await closeConnections();
});

const linesOf = () => medicineIds.map((medicineId) => ({ medicineId, quantity: PIECES }));

/** Sells in a process of its own. @returns the commands that it sent; null when it died on the way. */
async function sellApart(token: string, killAt?: Death): Promise<string[] | null> {
  const sale = { lines: linesOf(), totalMinor: TOTAL_MINOR };
  const { organizationId, owner } = org;
  return changers.make('sale', { organizationId, userId: owner.id, token, killAt, sale });
}

/** How many sales there are by each of the records that one leaves, and that the ledger is the stock. */
async function countSales(): Promise<number> {
  const [dispenses, bills, charges, movements] = await Promise.all([
    dispenseModel(ctx).find({}).select('billId').lean(),
    billModel(ctx).find({}).select('_id').lean(),
    chargeModel(ctx).countDocuments({}),
    movementModel(ctx).find({ kind: 'dispense' }).lean(),
  ]);
  const sales = dispenses.length;
  expect(bills.map(({ _id }) => _id.toString()).sort()).toEqual(
    dispenses.map(({ billId }) => billId?.toString()).sort(),
  );
  expect(charges).toBe(sales * medicineIds.length);
  expect(movements).toHaveLength(sales * medicineIds.length);
  const known = new Set(dispenses.map(({ _id }) => _id.toString()));
  for (const { dispenseId } of movements) expect(known.has(dispenseId?.toString() ?? '')).toBe(true);
  for (const id of medicineIds) {
    const of = { medicineId: objectId(id) };
    const [medicine, lots, rows] = await Promise.all([
      medicineModel(ctx).findById(objectId(id)).orFail().lean(),
      batchModel(ctx).find(of).lean(),
      movementModel(ctx).find(of).lean(),
    ]);
    const sum = (all: readonly { quantity: number }[]) =>
      all.reduce((total, { quantity }) => total + quantity, 0);
    expect(sum(rows)).toBe(IN_STOCK - sales * PIECES);
    expect([medicine.onHand, sum(lots)]).toEqual([sum(rows), sum(rows)]);
  }
  return sales;
}

it('a counter that dies between any two writes of a sale leaves it whole or not at all, and the press that comes again sells once', {
  timeout: isLong ? 3_600_000 : 600_000,
}, async () => {
  const sent = await sellApart(randomUUID());
  if (!sent) throw new Error('The sale that nobody disturbed did not end');
  let sales = await countSales();
  // Its own, and the one with which the process has warmed up.
  expect(sales).toBe(2);
  const deaths = deathsAmong(sent, isLong);
  expect(deaths.length).toBeGreaterThan(7);
  const outcomes = new Set<number>();
  for (const death of deaths) {
    const token = randomUUID();
    const said = `died at ${sent[death.index]} (${death.index}), ${death.moment}`;
    expect(await sellApart(token, death), said).toBeNull();
    const whole = await dispenseModel(ctx).countDocuments({ requestKey: token });
    expect(await countSales(), said).toBe(sales + 1 + whole);
    outcomes.add(whole);
    const again = sellInput.parse({
      ...{ requestKey: token, totalMinor: String(TOTAL_MINOR) },
      lines: JSON.stringify(linesOf()),
    });
    await sell(ctx, again);
    await sell(ctx, again);
    sales += 2;
    expect(await countSales(), said).toBe(sales);
  }
  // Deaths on both sides of the commit were among them.
  expect(outcomes).toEqual(new Set([0, 1]));
});
