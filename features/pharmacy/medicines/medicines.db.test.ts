import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aBatch, medicineFields } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { NO_EXPIRY } from './expiry';
import { batchModel, medicineModel, movementModel } from './model';
import { FILTERS, SORTS_OF } from './policy';
import {
  countMedicines,
  countStockAlerts,
  eachMedicine,
  getMedicine,
  listBatches,
  listMedicines,
  listMovements,
  stockAlerts,
} from './queries';
import { addMedicineInput, medicineListQuery } from './schema';
import {
  activateMedicine,
  addMedicine,
  addStarterFormulary,
  adjustStock,
  deactivateMedicine,
  dispense,
  disposeExpired,
  disposeStock,
  returnStock,
  updateMedicine,
} from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let day: string;

beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
  day = today(ctx.timeZone);
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const typed = (name: string, facts: Record<string, string> = {}) =>
  addMedicineInput.parse(medicineFields({ name, ...facts }));
const receive = (medicineId: string, lotNumber: string, inDays: number, quantity: number) =>
  aBatch(ctx, { medicineId, lotNumber, inDays, quantity });
const give = (medicineId: string, quantity: number) =>
  dispense(ctx, { medicineId, quantity, note: undefined });
/** Time passes for a batch: nothing expired can be received. */
async function expire(medicineId: string, lotNumber: string) {
  const expiresOn = shiftDay(day, -1);
  await batchModel(ctx).updateOne({ medicineId: objectId(medicineId), lotNumber }, { $set: { expiresOn } });
  await medicineModel(ctx).updateOne({ _id: objectId(medicineId) }, { $set: { nextExpiry: expiresOn } });
}
const list = (query: Record<string, string>) => listMedicines(ctx, medicineListQuery.parse(query));
const namesOf = async (query: Record<string, string>) =>
  (await list(query)).medicines.map(({ name }) => name);

/** Ledger, batches and the medicine's own sums agree, and nothing is below zero. */
async function expectBalanced(medicineId: string) {
  const _id = objectId(medicineId);
  const [row, movements, batches] = await Promise.all([
    medicineModel(ctx).findById(_id).lean().orFail(),
    movementModel(ctx).find({ medicineId: _id }).sort({ at: 1, _id: 1 }).lean(),
    batchModel(ctx).find({ medicineId: _id }).lean(),
  ]);
  const inStock = batches.filter(({ quantity }) => quantity > 0);
  expect(batches.every(({ quantity }) => quantity >= 0)).toBe(true);
  expect(batches.every(({ quantity, hasStock }) => hasStock === quantity > 0)).toBe(true);
  expect(batches.reduce((sum, one) => sum + one.quantity, 0)).toBe(row.onHand);
  expect(movements.reduce((sum, one) => sum + one.quantity, 0)).toBe(row.onHand);
  for (const batch of batches) {
    const moved = movements.filter(({ batchId }) => batchId.equals(batch._id));
    expect(moved.reduce((sum, one) => sum + one.quantity, 0)).toBe(batch.quantity);
  }
  expect(movements.every(({ quantity, onHandAfter }) => quantity !== 0 && onHandAfter >= 0)).toBe(true);
  expect(row.isLow).toBe(row.onHand <= row.reorderLevel);
  expect(row.nextExpiry).toBe(inStock.map(({ expiresOn }) => expiresOn).sort()[0] ?? NO_EXPIRY);
  return row;
}

describe('dispensing', () => {
  it('gives exactly ten to twenty who want one of ten at the same time', async () => {
    const { id } = await addMedicine(ctx, typed('Moxifloxacin'));
    await receive(id, 'A', 100, 6);
    await receive(id, 'B', 200, 4);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => give(id, 1)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const one of results) {
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'CONFLICT', field: 'quantity' });
    }
    expect((await expectBalanced(id)).onHand).toBe(0);
  });

  it('gives what expires first, over several batches', async () => {
    const { id } = await addMedicine(ctx, typed('Timolol'));
    await receive(id, 'late', 300, 5);
    await receive(id, 'soon', 30, 3);
    await give(id, 4);
    expect((await listBatches(ctx, id)).map(({ lotNumber, quantity }) => [lotNumber, quantity])).toEqual([
      ['late', 4],
    ]);
    const { movements } = await listMovements(ctx, id);
    expect(movements.slice(0, 2).map((one) => [one.lotNumber, one.quantity, one.onHandAfter])).toEqual([
      ['late', -1, 4],
      ['soon', -3, 5],
    ]);
    await expectBalanced(id);
  });

  it('never gives what has expired, and says how much is left', async () => {
    const { id } = await addMedicine(ctx, typed('Nepafenac'));
    await receive(id, 'old', 10, 5);
    await receive(id, 'new', 200, 2);
    await expire(id, 'old');
    await expect(give(id, 3)).rejects.toMatchObject({
      message: 'Only 2 bottles of Nepafenac can be dispensed.',
    });
    await give(id, 2);
    await expect(give(id, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await expectBalanced(id)).onHand).toBe(5);
    expect((await disposeExpired(ctx, { medicineId: id, reason: 'Expired' })).onHand).toBe(0);
    await expect(disposeExpired(ctx, { medicineId: id, reason: 'Expired' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expectBalanced(id);
  });

  it('takes back no more than was given', async () => {
    const { id } = await addMedicine(ctx, typed('Atropine'));
    const other = await addMedicine(ctx, typed('Homatropine'));
    await receive(id, 'A', 100, 6);
    await give(id, 6);
    const [given] = (await listMovements(ctx, id)).movements;
    const back = { medicineId: id, movementId: given?.id ?? '', quantity: 2, reason: 'unopened' };
    expect((await returnStock(ctx, back)).onHand).toBe(2);
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => returnStock(ctx, back)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const { movements } = await listMovements(ctx, id);
    expect(movements.find(({ kind }) => kind === 'dispense')?.returnable).toBe(0);
    await expect(returnStock(ctx, { ...back, medicineId: other.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const receipt = movements.find(({ kind }) => kind === 'receipt');
    await expect(returnStock(ctx, { ...back, movementId: receipt?.id ?? '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await expectBalanced(id)).onHand).toBe(6);
  });
});

describe('the ledger', () => {
  // mulberry32: the same movements on every run of a seed
  const randomFrom = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
  };
  it.each([1, 2, 3])('equals batches and sums after any fifty movements (%i)', async (seed) => {
    const { id } = await addMedicine(ctx, typed(`Latanoprost ${seed}`));
    const random = randomFrom(seed);
    const refused = (error: unknown) => expect(error).toMatchObject({ code: 'CONFLICT' });
    const reason = 'test';
    for (let round = 0; round < 50; round++) {
      const batches = await listBatches(ctx, id);
      const batch = batches[random(Math.max(1, batches.length))];
      const { movements } = await listMovements(ctx, id);
      const given = movements.find(({ returnable }) => returnable > 0);
      const move = random(7);
      if (move <= 1 || !batch) {
        const lot = random(4);
        await receive(id, `L${lot}`, 10 + lot * 50, 1 + random(20));
      } else if (move <= 3) await give(id, 1 + random(15)).catch(refused);
      else if (move === 4)
        await adjustStock(ctx, { medicineId: id, batchId: batch.id, counted: random(20), reason }).catch(
          refused,
        );
      else if (move === 5 && given)
        await returnStock(ctx, {
          medicineId: id,
          movementId: given.id,
          quantity: 1 + random(5),
          reason,
        }).catch(refused);
      else if (move === 6) await disposeStock(ctx, { medicineId: id, batchId: batch.id, reason });
      await expectBalanced(id);
    }
    const written = await movementModel(ctx)
      .find({ medicineId: objectId(id) })
      .lean();
    expect([...new Set(written.map(({ kind }) => kind))].sort()).toEqual([
      'adjustment',
      'dispense',
      'disposal',
      'receipt',
      'return',
    ]);
  });

  it('equals them also when all kinds come at the same time', async () => {
    const { id } = await addMedicine(ctx, typed('Travoprost'));
    await receive(id, 'A', 100, 20);
    const [batch] = await listBatches(ctx, id);
    const batchId = batch?.id ?? '';
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 4 === 0
          ? receive(id, `R${index % 3}`, 120, 3)
          : index % 4 === 1
            ? adjustStock(ctx, { medicineId: id, batchId, counted: index, reason: 'count' })
            : give(id, 4),
      ),
    );
    for (const one of results)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' });
    await expectBalanced(id);
  });

  it('says who, when and why, and pages without losing or repeating one', async () => {
    const { id } = await addMedicine(ctx, typed('Brinzolamide'));
    await receive(id, 'A', 100, 60);
    for (let round = 0; round < 59; round++) await give(id, 1);
    const seen: string[] = [];
    let after: string | undefined;
    let before: string | undefined;
    do {
      const page = await listMovements(ctx, id, { after, before: undefined });
      seen.push(...page.movements.map((one) => one.id));
      before = page.before ?? before;
      after = page.after ?? undefined;
    } while (after);
    expect(new Set(seen).size).toBe(60);
    expect(seen).toHaveLength(60);
    const back = await listMovements(ctx, id, { after: undefined, before });
    expect(back.movements.map((one) => one.id)).toEqual(seen.slice(25, 50));
    const [last] = (await listMovements(ctx, id)).movements;
    expect(last).toMatchObject({ kind: 'dispense', quantity: -1, onHandAfter: 1, byName: ctx.actor.name });
    expect((await listMovements(ctx, id, { after: 'nonsense', before: undefined })).movements).toHaveLength(
      25,
    );
  });
});

describe('receiving', () => {
  it('adds to the batch of the same lot, and refuses the lot with another expiry', async () => {
    const { id } = await addMedicine(ctx, typed('Dexamethasone'));
    await receive(id, 'LOT7', 50, 5);
    await receive(id, 'lot7', 50, 5);
    expect(await listBatches(ctx, id)).toMatchObject([{ lotNumber: 'LOT7', quantity: 10 }]);
    await expect(receive(id, 'LOT7', 51, 5)).rejects.toMatchObject({ code: 'CONFLICT', field: 'expiresOn' });
    await expectBalanced(id);
  });

  it('refuses what has expired and what cannot keep so long, and takes what expires today', async () => {
    const { id } = await addMedicine(ctx, typed('Ganciclovir'));
    await expect(receive(id, 'X', -1, 5)).rejects.toMatchObject({ field: 'expiresOn' });
    await expect(receive(id, 'X', 366 * 20, 5)).rejects.toMatchObject({ field: 'expiresOn' });
    expect((await receive(id, 'X', 0, 5)).onHand).toBe(5);
  });
});

describe('the formulary', () => {
  it('holds nothing twice, and forgets nothing that has stock', async () => {
    const { id } = await addMedicine(ctx, typed('Ketorolac'));
    await expect(addMedicine(ctx, typed('KETOROLAC', { strength: '0.5%' }))).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'name',
    });
    await addMedicine(ctx, typed('Ketorolac', { strength: '5 %' }));
    await receive(id, 'X', 50, 5);
    await expect(deactivateMedicine(ctx, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const [batch] = await listBatches(ctx, id);
    await disposeStock(ctx, { medicineId: id, batchId: batch?.id ?? '', reason: 'recalled' });
    expect((await deactivateMedicine(ctx, id)).isActive).toBe(false);
    expect(await namesOf({ q: 'ketorolac' })).toHaveLength(1);
    expect(await namesOf({ show: 'inactive' })).toEqual(['Ketorolac']);
    await expect(receive(id, 'Y', 50, 5)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(addMedicine(ctx, typed('Ketorolac'))).rejects.toMatchObject({
      message: expect.stringContaining('inactive'),
    });
    await activateMedicine(ctx, id);
    expect((await receive(id, 'Y', 50, 5)).onHand).toBe(5);
  });

  it('gives a missing, a malformed and another medicine’s id the same answer', async () => {
    const first = await addMedicine(ctx, typed('Cyclopentolate'));
    const second = await addMedicine(ctx, typed('Phenylephrine'));
    await receive(first.id, 'X', 50, 5);
    const [batch] = await listBatches(ctx, first.id);
    const missing = { code: 'NOT_FOUND' };
    await expect(getMedicine(ctx, 'nonsense')).rejects.toMatchObject(missing);
    await expect(getMedicine(ctx, '0'.repeat(24))).rejects.toMatchObject(missing);
    await expect(give('0'.repeat(24), 1)).rejects.toMatchObject(missing);
    await expect(
      disposeStock(ctx, { medicineId: second.id, batchId: batch?.id ?? '', reason: 'x' }),
    ).rejects.toMatchObject(missing);
    expect((await getMedicine(ctx, first.id)).onHand).toBe(5);
  });

  it('follows a new reorder level, and drops what is emptied', async () => {
    const { id } = await addMedicine(ctx, typed('Dorzolamide', { genericName: 'Dorzolamide hydrochloride' }));
    await receive(id, 'D', 20, 6);
    expect((await getMedicine(ctx, id)).mark).toBe('enough');
    await updateMedicine(ctx, { ...typed('Dorzolamide', { reorderLevel: '10', price: '' }), medicineId: id });
    expect(await getMedicine(ctx, id)).toMatchObject({ mark: 'low', priceCents: null, genericName: null });
    expect(await namesOf({ show: 'low', q: 'dorz' })).toEqual(['Dorzolamide']);
    await expectBalanced(id);
  });

  it('adds the common list once', async () => {
    expect(await addStarterFormulary(ctx)).toBeGreaterThan(15);
    expect(await addStarterFormulary(ctx)).toBe(0);
    const exported: string[] = [];
    for await (const one of eachMedicine(ctx)) exported.push(one.id);
    expect(exported).toHaveLength((await countMedicines(ctx)).all);
  });
});

describe('the list', () => {
  it('finds by the beginning of each word, also of the generic name and the strength', async () => {
    await addMedicine(ctx, typed('Tears Plus', { genericName: 'Polyvinyl alcohol', strength: '1.4 %' }));
    await addMedicine(ctx, typed('Tears Plus', { genericName: 'Polyvinyl alcohol', strength: '3 %' }));
    expect(await namesOf({ q: 'polyv alc' })).toEqual(['Tears Plus', 'Tears Plus']);
    expect(await namesOf({ q: 'plus TEA 1.4' })).toEqual(['Tears Plus']);
    expect(await namesOf({ q: 'ears' })).toEqual([]);
    expect(await namesOf({ q: '{"$ne":null}' })).toEqual([]);
    expect(await namesOf({ q: '.*' })).not.toEqual([]);
  });

  it('shows a medicine under Expired and under Expiring soon when it has a batch of each', async () => {
    const { id } = await addMedicine(ctx, typed('Betaxolol'));
    await receive(id, 'old', 5, 5);
    await receive(id, 'soon', 80, 5);
    await receive(id, 'late', 91, 5);
    await expire(id, 'old');
    const of = async (show: string, within = '') =>
      (await list({ show, q: 'betax', within })).medicines.map((one) => one.nextExpiry);
    expect(await of('expired')).toEqual([shiftDay(day, -1)]);
    expect(await of('expiring')).toEqual([shiftDay(day, 80)]);
    expect(await of('expiring', '60')).toEqual([]);
    // Another number of days is none of the three.
    expect(await of('expiring', '45')).toEqual([shiftDay(day, 80)]);
    const alerts = await stockAlerts(ctx);
    expect(alerts.expiring[0]).toMatchObject({
      id,
      lotNumber: 'old',
      isExpired: true,
      name: 'Betaxolol 0.5 %',
    });
    const counts = await countStockAlerts(ctx);
    expect(counts.expired).toBe(1);
    expect(counts.expiring).toBe(
      await batchModel(ctx).countDocuments({
        hasStock: true,
        expiresOn: op({ $gte: day, $lte: shiftDay(day, 90) }),
      }),
    );
    expect(alerts.lowStock).toHaveLength(5);
    expect(alerts.lowStock.every(({ onHand, reorderLevel }) => onHand <= reorderLevel)).toBe(true);
  });

  it('pages through every view and sort there and back, without losing or repeating one', async () => {
    for (let index = 0; index < 30; index++) {
      const { id } = await addMedicine(ctx, typed(`Expiring ${index}`));
      await receive(id, 'E', 1 + (index % 7), 1 + (index % 3));
      const spare = await addMedicine(ctx, typed(`Spare ${index}`));
      await deactivateMedicine(ctx, spare.id);
      await addMedicine(ctx, typed(`Absent ${index}`));
    }
    const counts = await countMedicines(ctx);
    for (const show of Object.keys(FILTERS) as (keyof typeof FILTERS)[]) {
      for (const sort of SORTS_OF[show].flatMap((key) => [key, `-${key}`])) {
        const name = `${show} by ${sort}`;
        const pages: string[][] = [];
        let after: string | null = null;
        let before: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof list>> = await list({
            show,
            sort,
            ...(after ? { after } : {}),
          });
          pages.push(page.medicines.map(({ id }) => id));
          after = page.after;
          before = page.before;
        } while (after);
        expect(new Set(pages.flat()).size, name).toBe(counts[show]);
        expect(pages.flat().length, name).toBe(counts[show]);
        if (!before) continue;
        const back = await list({ show, sort, before });
        expect(
          back.medicines.map(({ id }) => id),
          name,
        ).toEqual(pages.at(-2));
      }
    }
  });
});

describe('indexes', () => {
  it('serve filter and order of every list, whatever it is narrowed to', async () => {
    const medicines = medicineModel(ctx);
    const batches = batchModel(ctx);
    const medicineId = objectId((await list({ q: 'brinzolamide' })).medicines[0]?.id ?? '');
    const queries = {
      'all by name': medicines.find({ isActive: true }).sort({ sortName: 1, _id: 1 }),
      'all by name, backwards': medicines.find({ isActive: true }).sort({ sortName: -1, _id: -1 }),
      'all by stock': medicines.find({ isActive: true }).sort({ onHand: 1, sortName: 1, _id: 1 }),
      'all by expiry': medicines.find({ isActive: true }).sort({ nextExpiry: 1, sortName: 1, _id: 1 }),
      'a later page': medicines
        .find({ isActive: true, $and: [{ sortName: op({ $gte: 'expiring 3' }) }] })
        .sort({ sortName: 1, _id: 1 }),
      low: medicines.find({ isActive: true, isLow: true }).sort({ onHand: 1, sortName: 1, _id: 1 }),
      out: medicines.find({ isActive: true, onHand: 0 }).sort({ sortName: 1, _id: 1 }),
      inactive: medicines.find({ isActive: false }).sort({ sortName: 1, _id: 1 }),
      search: medicines.find({ nameKeys: /^exp/, isActive: true }),
      'batches of a medicine': batches.find({ medicineId, hasStock: true }).sort({ expiresOn: 1, _id: 1 }),
      'what expires': batches
        .find({ hasStock: true, expiresOn: op({ $lte: shiftDay(day, 90) }) })
        .sort({ expiresOn: 1, _id: 1 }),
      ledger: movementModel(ctx).find({ medicineId }).sort({ at: -1, _id: -1 }),
    };
    for (const [name, query] of Object.entries(queries)) {
      const plan = JSON.parse(JSON.stringify(await query.limit(26).explain('executionStats')));
      const { nReturned, totalKeysExamined, totalDocsExamined } = plan.executionStats;
      const text = JSON.stringify(plan.queryPlanner.winningPlan);
      expect(text, name).toContain('IXSCAN');
      expect(text, name).not.toMatch(/COLLSCAN|"SORT"/);
      expect(nReturned, name).toBeGreaterThan(0);
      expect(totalKeysExamined, name).toBeLessThanOrEqual(2 * nReturned + 10);
      expect(totalDocsExamined, name).toBeLessThanOrEqual(2 * nReturned + 10);
    }
  });
});
