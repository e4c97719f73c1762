import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectId } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { toBatch } from './dto';
import { batchModel, medicineModel, movementModel } from './model';
import { adjustStockInput, holdBatchInput, receiveStockInput } from './schema';
import {
  adjustStock,
  dispense,
  disposeStock,
  holdBatch,
  receiveStock,
  releaseBatch,
  returnStock,
} from './service';

// Lives of a shelf at random, with several counters at once: whatever happens and in whichever order, the
// ledger is the stock. A failing life is found again by its seed.
const SEEDS = [11, 42, 2026];
const ROUNDS = 12;
const COUNTERS = 5;

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
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
type Dice = ReturnType<typeof diceOf>;
const of = (medicineId: string) => ({ medicineId: objectId(medicineId) });

async function live(medicineId: string, dice: Dice): Promise<unknown> {
  // Drawn before anything is awaited, so that the order of the answers changes nothing of the life.
  const [what, which, pieces, lot, cost] = [dice(12), dice(100), 1 + dice(7), dice(4), dice(2_000)];
  const batches = await batchModel(ctx).find(of(medicineId)).lean();
  const batch = batches[which % Math.max(batches.length, 1)];
  if (what < 3 || !batch)
    return receiveStock(
      ctx,
      receiveStockInput.parse({
        ...{ medicineId, lotNumber: `LOT${lot}`, quantity: String(pieces + 2) },
        ...{ expiresOn: shiftDay(today(ctx.timeZone), 30 + lot), cost: (cost / 100).toFixed(2) },
      }),
    );
  if (what < 7) return dispense(ctx, { medicineId, quantity: pieces, note: undefined });
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
    const { version } = toBatch(batch);
    const counted = String(Math.max(batch.quantity + (pieces % 2 ? 1 : -1), 0));
    return adjustStock(
      ctx,
      adjustStockInput.parse({ medicineId, batchId, version, counted, reason: 'Counted' }) as Parameters<
        typeof adjustStock
      >[1],
    );
  }
  if (what === 10) return disposeStock(ctx, { medicineId, batchId, reason: 'Broken' });
  return batch.hold
    ? releaseBatch(ctx, { medicineId, batchId })
    : holdBatch(ctx, holdBatchInput.parse({ medicineId, batchId, reason: 'Looked into' }));
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
    const key = batchId.toString();
    const lot = lots.get(key) ?? { quantity: 0, value: 0 };
    const part = () => divideRounded(BigInt(lot.value) * BigInt(quantity), BigInt(lot.quantity));
    if (kind === 'dispense' || kind === 'disposal' || kind === 'adjustment')
      expect(costMinor ?? null, `${kind} of ${quantity}`).toBe(lot.quantity === 0 ? null : part());
    else expect(typeof costMinor).toBe('number');
    lots.set(key, { quantity: lot.quantity + quantity, value: lot.value + (costMinor ?? 0) });
  }
  return lots;
}

it.each(SEEDS)('the ledger is the stock at any moment of life %i', { timeout: 120_000 }, async (seed) => {
  const dice = diceOf(seed);
  const { id: medicineId } = await aMedicine(ctx);
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
    expect(medicine.onHand).toBe(sum(rows));
    expect(medicine.onHand).toBe(sum(batches));
    let onHand = 0;
    for (const row of rows) {
      onHand += row.quantity;
      expect(row.onHandAfter).toBe(onHand);
      expect(onHand).toBeGreaterThanOrEqual(0);
    }
    for (const { _id, quantity, valueMinor, hasStock } of batches) {
      const own = rows.filter(({ batchId }) => batchId.equals(_id));
      expect(sum(own)).toBe(quantity);
      expect(hasStock).toBe(quantity > 0);
      // Where nobody knows what found pieces have cost, the lot has no value from there on.
      if (own.every(({ costMinor }) => typeof costMinor === 'number'))
        expect(valueMinor).toBe(recompute(own).get(_id.toString())?.value);
      else expect(quantity === 0 || (valueMinor ?? 0) >= 0).toBe(true);
    }
  }
  expect(done).toBeGreaterThan(ROUNDS);
  expect([...refusals].filter((code) => !['CONFLICT', 'INVALID_INPUT', 'NOT_FOUND'].includes(code))).toEqual(
    [],
  );
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
