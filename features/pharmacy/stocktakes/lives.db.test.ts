import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeBackInput } from '@/features/dispensary/returns/schema';
import { takeBack } from '@/features/dispensary/returns/service';
import { sellInput } from '@/features/dispensary/sales/schema';
import { sell } from '@/features/dispensary/sales/service';
import { receiveGoodsInput } from '@/features/pharmacy/goods-receipts/schema';
import { receiveGoods } from '@/features/pharmacy/goods-receipts/service';
import { toShelves } from '@/features/pharmacy/medicines/dto';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import {
  adjustStockInput,
  holdBatchInput,
  MOVEMENT_KINDS,
  MOVES,
  receiveStockInput,
} from '@/features/pharmacy/medicines/schema';
import {
  adjustStock,
  dispense,
  disposeQuarantine,
  disposeStock,
  holdBatch,
  receiveStock,
  releaseBatch,
  releaseQuarantine,
  returnStock,
} from '@/features/pharmacy/medicines/service';
import { FIRST_STORE_ID, piecesIn, quarantinedIn } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { addSupplierReturnInput } from '@/features/pharmacy/supplier-returns/schema';
import { addSupplierReturn } from '@/features/pharmacy/supplier-returns/service';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { transferModel } from '@/features/pharmacy/transfers/model';
import { onTheWay } from '@/features/pharmacy/transfers/policy';
import { receiveTransfer, sendTransfer } from '@/features/pharmacy/transfers/service';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';

// Lives of a medicine at random, in several stores, with several counters at once: whatever happens and in
// whichever order, the ledger is the stock of each store and of what is on its way. A failing life is found
// again by its seed.
const SEEDS = [11, 42, 2026];
const ROUNDS = 14;
const COUNTERS = 5;
/** A whole amount, so that nothing is rounded on a bill. */
const PRICE_MINOR = 1_000;

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let stores: string[];
let supplierId: string;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
  const [counter, theatre] = [
    await addStore(ctx, { name: 'Counter', isCounter: false }),
    await addStore(ctx, { name: 'Theatre', isCounter: false }),
  ];
  stores = [FIRST_STORE_ID, counter.id, theatre.id];
  supplierId = (await addSupplier(ctx, addSupplierInput.parse({ name: 'Sai', creditDays: '9' }))).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

/** Numbers below `below`, the same for the same seed. */
function diceOf(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
/** Kinds of movements that were among the lives. */
const lived = new Set<string>();
type Dice = ReturnType<typeof diceOf>;
const of = (medicineId: string) => ({ medicineId: objectId(medicineId) });

async function live(medicineId: string, dice: Dice): Promise<unknown> {
  // Drawn before anything is awaited, so that the order of the answers changes nothing of the life.
  const [what, which, pieces, lot, cost] = [dice(23), dice(100), 1 + dice(7), dice(4), dice(2_000)];
  const [at, to] = [dice(3), 1 + dice(2)];
  const storeId = stores[at] ?? FIRST_STORE_ID;
  const otherId = stores[(at + to) % 3] ?? FIRST_STORE_ID;
  const batches = await batchModel(ctx).find(of(medicineId)).lean();
  const batch = batches[which % Math.max(batches.length, 1)];
  if (what < 3 || !batch)
    return receiveStock(
      ctx,
      receiveStockInput.parse({
        ...{ medicineId, storeId, lotNumber: `LOT${lot}`, quantity: String(pieces + 2) },
        ...{ expiresOn: shiftDay(today(ctx.timeZone), 30 + lot), cost: (cost / 100).toFixed(2) },
      }),
    );
  if (what < 7) return dispense(ctx, { medicineId, storeId, quantity: pieces, note: undefined });
  const batchId = batch._id.toString();
  if (what < 9) {
    const given = await movementModel(ctx)
      .find({ ...of(medicineId), kind: 'dispense' })
      .lean();
    const row = given[which % Math.max(given.length, 1)];
    const movementId = row?._id.toString() ?? '0'.repeat(24);
    return returnStock(ctx, { medicineId, movementId, quantity: 1 + (pieces % 3), reason: 'Unopened' });
  }
  if (what === 9) {
    const shelf = toShelves(batch).find((one) => one.storeId === storeId);
    const counted = String(Math.max((shelf?.quantity ?? 0) + (pieces % 2 ? 1 : -1), 0));
    const version = shelf?.version ?? 'x'.repeat(22);
    return adjustStock(
      ctx,
      adjustStockInput.parse({
        ...{ medicineId, batchId, storeId, version, counted, reason: 'Counted' },
      }) as Parameters<typeof adjustStock>[1],
    );
  }
  if (what === 10) return disposeStock(ctx, { medicineId, batchId, storeId, reason: 'Broken' });
  if (what >= 12 && what < 15)
    return sendTransfer(ctx, {
      ...{ fromId: storeId, toId: otherId, note: undefined, lines: [{ batchId, quantity: pieces }] },
    });
  if (what === 15 || what === 16) return arriveSome(which, pieces);
  if (what > 16) return trade({ what, which, pieces, lot, cost, medicineId, batchId, storeId, otherId });
  return batch.hold
    ? releaseBatch(ctx, { medicineId, batchId })
    : holdBatch(ctx, holdBatchInput.parse({ medicineId, batchId, reason: 'Looked into' }));
}

type Trade = Record<'what' | 'which' | 'pieces' | 'lot' | 'cost', number> &
  Record<'medicineId' | 'batchId' | 'storeId' | 'otherId', string>;

/** Sold at the counter, brought back to the shelf or to quarantine, bought, and sent back to who sold it. */
async function trade(life: Trade): Promise<unknown> {
  const { what, which, pieces, lot, cost, medicineId, batchId, storeId, otherId } = life;
  const requestKey = randomUUID();
  if (what === 17 || what === 18)
    return sell(
      ctx,
      sellInput.parse({
        ...{ requestKey, storeId, totalMinor: String(pieces * PRICE_MINOR) },
        lines: JSON.stringify([{ medicineId, quantity: pieces }]),
      }),
    );
  if (what === 19) {
    const sold = await movementModel(ctx)
      .find({ ...of(medicineId), kind: 'dispense', dispenseId: op({ $exists: true }) })
      .lean();
    const row = sold[which % Math.max(sold.length, 1)];
    const place = pieces % 2 ? 'quarantine' : 'shelf';
    const back = {
      movementId: row?._id ?? newObjectId(),
      quantity: 1 + (pieces % 3),
      place,
      isOpened: false,
    };
    return takeBack(
      ctx,
      takeBackInput.parse({
        ...{ requestKey, dispenseId: String(row?.dispenseId ?? newObjectId()), reason: 'unused' },
        lines: JSON.stringify([back]),
      }),
    );
  }
  if (what === 20) {
    const from = { medicineId, batchId, fromStoreId: storeId, reason: 'Looked at' };
    return which % 3 === 0
      ? disposeQuarantine(ctx, from)
      : releaseQuarantine(ctx, { ...from, storeId: otherId, quantity: 1 });
  }
  if (what === 21)
    return addSupplierReturn(
      ctx,
      addSupplierReturnInput.parse({
        ...{ supplierId, requestKey, reason: 'damaged' },
        lines: JSON.stringify([
          { batchId, from: which % 2 ? 'shelf' : 'quarantine', storeId, quantity: 1 + (pieces % 3) },
        ]),
      }),
    );
  const rateMinor = cost + 1;
  const bought = {
    ...{
      medicineId,
      medicineName: 'T',
      unitsPerPack: '3',
      packs: '2',
      freePacks: '1',
      lotNumber: `LOT${lot}`,
    },
    ...{ expiresOn: shiftDay(today(ctx.timeZone), 30 + lot), rate: (rateMinor / 100).toFixed(2) },
    ...{ mrp: '', discount: '', taxBp: '0' },
  };
  return receiveGoods(
    ctx,
    receiveGoodsInput.parse({
      ...{ supplierId, requestKey, storeId, invoiceNumber: requestKey, invoiceDay: today(ctx.timeZone) },
      ...{ total: ((rateMinor * 2) / 100).toFixed(2), isTaxClaimed: 'on', lines: JSON.stringify([bought]) },
    }),
  );
}

/** Some of what is on its way arrives, some of it is lost, some goes back. */
async function arriveSome(which: number, pieces: number): Promise<unknown> {
  const open = await transferModel(ctx).find({ isOpen: true }).sort({ _id: 1 }).lean();
  const transfer = open[which % Math.max(open.length, 1)];
  const line = transfer?.lines.find((one) => onTheWay(one) > 0);
  if (!transfer || !line) return null;
  const received = Math.min(pieces, onTheWay(line));
  const rest = onTheWay(line) - received;
  const lost = which % 3 === 0 ? Math.min(1, rest) : 0;
  const back = which % 2 === 0 ? rest - lost : 0;
  return receiveTransfer(ctx, {
    ...{ transferId: transfer._id.toString(), version: transfer.version, reason: 'Broken' },
    lines: [{ batchId: line.batchId.toString(), received, lost, back }],
  });
}

type Movement = {
  batchId: { toString(): string };
  kind: string;
  quantity: number;
  costMinor?: number | null;
};

/** What each lot holds and is worth, by nothing but the rows in their order. */
function recompute(rows: readonly Movement[]) {
  const lots = new Map<string, { quantity: number; value: number }>();
  for (const { batchId, kind, quantity, costMinor } of rows) {
    // From one place to another nothing is gained or lost.
    if (MOVES.some((move) => move === kind)) continue;
    const key = batchId.toString();
    const lot = lots.get(key) ?? { quantity: 0, value: 0 };
    const part = () => divideRounded(BigInt(lot.value) * BigInt(quantity), BigInt(lot.quantity));
    if (['dispense', 'disposal', 'adjustment', 'supplier-return'].includes(kind))
      expect(costMinor ?? null, `${kind} of ${quantity}`).toBe(lot.quantity === 0 ? null : part());
    else expect(typeof costMinor).toBe('number');
    lots.set(key, { quantity: lot.quantity + quantity, value: lot.value + (costMinor ?? 0) });
  }
  return lots;
}

it.each(SEEDS)('the ledger is the stock at any moment of life %i', { timeout: 120_000 }, async (seed) => {
  const dice = diceOf(seed);
  const { id: medicineId } = await aMedicine(ctx, { price: (PRICE_MINOR / 100).toFixed(2) });
  const refusals = new Set<string>();
  let done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const lives = await Promise.allSettled(Array.from({ length: COUNTERS }, () => live(medicineId, dice)));
    for (const one of lives) {
      if (one.status === 'fulfilled') done += 1;
      // Nothing but what people are told: a bug has no such code.
      else refusals.add(String((one.reason as { code?: string }).code));
    }
    const [rows, batches, medicine] = await Promise.all([
      movementModel(ctx).find(of(medicineId)).sort({ _id: 1 }).lean(),
      batchModel(ctx).find(of(medicineId)).lean(),
      medicineModel(ctx).findById(objectId(medicineId)).orFail().lean(),
    ]);
    const sum = (all: readonly { quantity: number }[]) =>
      all.reduce((total, { quantity }) => total + quantity, 0);
    const onShelf = rows.filter(({ place }) => !place);
    expect(medicine.onHand).toBe(sum(onShelf));
    expect(medicine.onHand).toBe(sum(batches));
    let onHand = 0;
    for (const row of onShelf) {
      onHand += row.quantity;
      expect(row.onHandAfter).toBe(onHand);
      expect(onHand).toBeGreaterThanOrEqual(0);
    }
    for (const batch of batches) {
      const { _id, quantity, valueMinor, hasStock, transit } = batch;
      const own = rows.filter(({ batchId }) => batchId.equals(_id));
      const shelf = own.filter(({ place }) => !place);
      expect(sum(shelf)).toBe(quantity);
      expect(hasStock).toBe(quantity > 0);
      for (const storeId of stores) {
        const here = shelf.filter((row) => (row.storeId?.toString() ?? FIRST_STORE_ID) === storeId);
        expect(sum(here), `lot ${batch.lotNumber} in ${storeId}`).toBe(piecesIn(batch, storeId));
        expect(piecesIn(batch, storeId)).toBeGreaterThanOrEqual(0);
      }
      expect(sum(own.filter(({ place }) => place === 'transit'))).toBe(transit ?? 0);
      const held = own.filter(({ place }) => place === 'quarantine');
      expect(sum(held)).toBe(batch.quarantine ?? 0);
      for (const storeId of stores) {
        const there = held.filter((row) => (row.storeId?.toString() ?? FIRST_STORE_ID) === storeId);
        expect(sum(there), `quarantine of ${batch.lotNumber} in ${storeId}`).toBe(
          quarantinedIn(batch, storeId),
        );
      }
      const valued = own.filter(({ kind }) => !MOVES.includes(kind));
      // Where nobody knows what found pieces have cost, the lot has no value from there on.
      if (valued.every(({ costMinor }) => typeof costMinor === 'number'))
        expect(valueMinor).toBe(recompute(own).get(_id.toString())?.value);
      else expect(quantity === 0 || (valueMinor ?? 0) >= 0).toBe(true);
    }
    const open = await transferModel(ctx)
      .find({ 'lines.medicineId': objectId(medicineId) })
      .lean();
    const moving = open.flatMap(({ lines }) => lines).reduce((all, line) => all + onTheWay(line), 0);
    expect(moving).toBe(batches.reduce((all, { transit }) => all + (transit ?? 0), 0));
  }
  expect(done).toBeGreaterThan(ROUNDS);
  for (const { kind } of await movementModel(ctx).find(of(medicineId)).select('kind').lean()) lived.add(kind);
  expect([...refusals].filter((code) => !['CONFLICT', 'INVALID_INPUT', 'NOT_FOUND'].includes(code))).toEqual(
    [],
  );
});

it('has lived through every kind of movement but the opening', () => {
  expect(MOVEMENT_KINDS.filter((kind) => !lived.has(kind))).toEqual(['opening']);
});

it('lets 20 counters take the last 10 pieces of one lot and not one more', { timeout: 120_000 }, async () => {
  const { id: medicineId } = await aMedicine(ctx);
  await receiveStock(
    ctx,
    receiveStockInput.parse({
      ...{ medicineId, lotNumber: 'ONE', quantity: '10', cost: '3.33' },
      expiresOn: shiftDay(today(ctx.timeZone), 90),
    }),
  );
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => dispense(ctx, { medicineId, quantity: 1, note: undefined })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  const rows = await movementModel(ctx)
    .find({ ...of(medicineId), kind: 'dispense' })
    .lean();
  expect(rows.reduce((total, { costMinor }) => total + (costMinor ?? 0), 0)).toBe(-3_330);
  const lot = await batchModel(ctx).findOne(of(medicineId)).orFail().lean();
  expect([lot.quantity, lot.valueMinor]).toEqual([0, 0]);
});
