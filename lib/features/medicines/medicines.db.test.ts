import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { batchModel, medicineModel, movementModel } from './model';
import { getMedicine, listBatches, listMedicines, stockAlerts } from './queries';
import { addMedicineInput, medicineListQuery } from './schema';
import { addMedicine, addStarterFormulary, adjustStock, deactivateMedicine, dispense, disposeStock, receiveStock, updateMedicine } from './service';

describe('medicines', () => {
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
    addMedicineInput.parse({ name, form: 'drop', strength: '0.5 %', unit: 'bottle', reorderLevel: '5', price: '12.50', ...facts });
  const receive = (medicineId: string, lotNumber: string, inDays: number, quantity: number) =>
    receiveStock(ctx, { medicineId, lotNumber, expiresOn: shiftDay(day, inDays), quantity });

  /** The sums agree: ledger = batches = the medicine's own number. */
  async function expectBalanced(medicineId: string) {
    const medicine = await getMedicine(ctx, medicineId);
    const _id = objectId(medicineId);
    const movements = await movementModel(ctx).find({ medicineId: _id }).lean();
    const batches = await batchModel(ctx).find({ medicineId: _id }).lean();
    expect(movements.reduce((sum, one) => sum + one.quantity, 0)).toBe(medicine.onHand);
    expect(batches.reduce((sum, one) => sum + one.quantity, 0)).toBe(medicine.onHand);
    expect(batches.every(({ quantity }) => quantity >= 0)).toBe(true);
    return medicine;
  }

  it('twenty simultaneous dispenses of a stock of ten give exactly ten', async () => {
    const { id } = await addMedicine(ctx, typed('Moxifloxacin'));
    await receive(id, 'A', 100, 6);
    await receive(id, 'B', 200, 4);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => dispense(ctx, { medicineId: id, quantity: 1, note: undefined })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' });
    expect((await expectBalanced(id)).onHand).toBe(0);
  });

  it('gives what expires first, over several batches, and never what has expired', async () => {
    const { id } = await addMedicine(ctx, typed('Timolol'));
    await receive(id, 'late', 300, 5);
    await receive(id, 'soon', 30, 3);
    await dispense(ctx, { medicineId: id, quantity: 4, note: undefined });
    expect((await listBatches(ctx, id)).map(({ lotNumber, quantity }) => [lotNumber, quantity])).toEqual([['late', 4]]);
    await batchModel(ctx).updateOne({ lotNumber: 'late', quantity: 4 }, { $set: { expiresOn: shiftDay(day, -1) } });
    await expect(dispense(ctx, { medicineId: id, quantity: 1, note: undefined })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced(id);
  });

  it('keeps ledger, batches and sum equal through any movements', async () => {
    const { id } = await addMedicine(ctx, typed('Latanoprost'));
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 40; round++) {
      const batches = await listBatches(ctx, id);
      const batch = batches[random(Math.max(1, batches.length))];
      const move = random(4);
      if (move === 0 || !batch) await receive(id, `L${random(4)}`, 10 + random(300), 1 + random(20));
      else if (move === 1) await dispense(ctx, { medicineId: id, quantity: 1 + random(15), note: undefined }).catch(() => undefined);
      else if (move === 2) await adjustStock(ctx, { medicineId: id, batchId: batch.id, counted: random(20), reason: 'count' }).catch(() => undefined);
      else await disposeStock(ctx, { medicineId: id, batchId: batch.id, reason: 'broken' });
      await expectBalanced(id);
    }
  });

  it('refuses expired deliveries, doubles, foreign batches, and to forget what has stock', async () => {
    const first = await addMedicine(ctx, typed('Atropine'));
    const second = await addMedicine(ctx, typed('Ketorolac'));
    await expect(addMedicine(ctx, typed('ATROPINE'))).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
    await expect(receive(first.id, 'X', -1, 5)).rejects.toMatchObject({ field: 'expiresOn' });
    await receive(first.id, 'X', 50, 5);
    const [batch] = await listBatches(ctx, first.id);
    await expect(disposeStock(ctx, { medicineId: second.id, batchId: batch?.id ?? '', reason: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deactivateMedicine(ctx, first.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await deactivateMedicine(ctx, second.id)).isActive).toBe(false);
  });

  it('marks low and expiring stock, and follows a new reorder level', async () => {
    const { id } = await addMedicine(ctx, typed('Dorzolamide'));
    await receive(id, 'D', 20, 6);
    expect((await getMedicine(ctx, id)).mark).toBe('enough');
    await updateMedicine(ctx, { ...typed('Dorzolamide', { reorderLevel: '10', price: '' }), medicineId: id });
    expect(await getMedicine(ctx, id)).toMatchObject({ mark: 'low', priceCents: null });
    const alerts = await stockAlerts(ctx);
    expect(alerts.lowStock.length).toBeGreaterThan(0);
    expect(alerts.expiring.map((one) => one.id)).toContain(id);
    const low = await listMedicines(ctx, medicineListQuery.parse({ show: 'low', q: 'dorz' }));
    expect(low.medicines.map((one) => one.id)).toEqual([id]);
  });

  it('adds the common list once', async () => {
    const added = await addStarterFormulary(ctx);
    expect(added).toBeGreaterThan(20);
    expect(await addStarterFormulary(ctx)).toBe(0);
  });

  it('pages through every sort without losing or repeating one, served by indexes', async () => {
    const total = await medicineModel(ctx).countDocuments({ isActive: true });
    for (const sort of ['name', '-name', 'onHand', '-onHand', 'expiry', '-expiry']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof listMedicines>> = await listMedicines(ctx, medicineListQuery.parse({ sort, ...(after ? { after } : {}) }));
        seen.push(...page.medicines.map(({ id }) => id));
        after = page.after;
      } while (after);
      expect(new Set(seen).size, sort).toBe(total);
      expect(seen.length, sort).toBe(total);
    }
    for (const field of ['sortName', 'onHand', 'nextExpiry']) {
      const found = medicineModel(ctx).find({ isActive: true }).sort({ [field]: 1, _id: 1 }).limit(26);
      const { executionStats } = z.object({ executionStats: z.unknown() }).parse(await found.explain('executionStats'));
      expect(JSON.stringify(executionStats), field).not.toMatch(/COLLSCAN|"SORT"/);
    }
  });
});
