import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { receiveTransfer, sendTransfer } from '@/features/pharmacy/transfers/service';
import { cellsOf, headingsOf } from '@/lib/columns';
import { csvLine } from '@/lib/csv';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { stockRowColumns } from './columns';
import { findFormulary, listStockRows } from './queries';
import { importOpeningInput, previewOpeningInput } from './schema';
import { findLotsOf, findNamed, importOpening, previewOpening } from './service';
import { identitiesIn } from './spreadsheet';

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

const take = async (sheet: string, storeId = '') => {
  const { fingerprint } = await previewOpening(ctx, previewOpeningInput.parse({ sheet, storeId }));
  return importOpeningInput.parse({ sheet, storeId, fingerprint });
};

it('brings a sheet into a store once, all of it or nothing, and values it', async () => {
  const known = await aMedicine(ctx, { name: 'Olopatadine' });
  const day = shiftDay(today(ctx.timeZone), 300);
  const { id: storeId } = await addStore(ctx, { name: 'Counter', isCounter: true });
  const sheet = [
    'Medicine,Strength,Form,Lot,Expiry,Quantity,Cost,MRP',
    `Olopatadine,0.5 %,Eye drops,A1,${day},10,40.25,70`,
    `Olopatadine,0.5 %,Eye drops,A2,${day},5,,`,
    `Nepafenac,0.1 %,Eye drops,N1,${day},7,100,150`,
    'Cyclopentolate,1 %,Eye drops,,,,,',
  ].join('\n');
  const press = await take(sheet, storeId);
  const both = await Promise.allSettled([importOpening(ctx, press), importOpening(ctx, press)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find(({ status }) => status === 'fulfilled')).toMatchObject({
    value: { medicines: 2, lots: 3, pieces: 22 },
  });
  await expect(importOpening(ctx, press)).rejects.toThrow(/Line 2: Lot A1 .* in the ledger already/);
  const moved = await movementModel(ctx).find({}).sort({ _id: 1 }).lean();
  expect(moved.map(({ kind, quantity, costMinor }) => [kind, quantity, costMinor])).toEqual([
    ['opening', 10, 40_250],
    ['opening', 5, undefined],
    ['opening', 7, 70_000],
  ]);
  expect(moved.every((row) => row.storeId?.toString() === storeId)).toBe(true);
  const lots = await batchModel(ctx).find({}).sort({ lotNumber: 1 }).lean();
  expect(lots.map(({ lotNumber, valueMinor, mrpMinor }) => [lotNumber, valueMinor, mrpMinor])).toEqual([
    ['A1', 40_250, 7_000],
    ['A2', undefined, undefined],
    ['N1', 70_000, 15_000],
  ]);
  expect(await medicineModel(ctx).findById(known.id).lean()).toMatchObject({ onHand: 15 });
});

it('writes nothing of a sheet with a mistake, nor of one that was changed after the preview', async () => {
  const before = await movementModel(ctx).countDocuments({});
  const day = shiftDay(today(ctx.timeZone), 300);
  const head = 'Medicine,Strength,Form,Lot,Expiry,Quantity';
  const good = `${head}\nOlopatadine,0.5 %,Eye drops,B1,${day},3`;
  const press = await take(good);
  await expect(
    importOpening(ctx, { ...press, sheet: `${good}\nOlopatadine,0.5 %,Eye drops,B2,soon,3` }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(importOpening(ctx, { ...press, sheet: good.replace(',3', ',30') })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  // The preview was of another store.
  const [store] = (await listStockRows(ctx)).flatMap(({ storeName }) => storeName ?? []);
  expect(store).toBe('Counter');
  expect(await movementModel(ctx).countDocuments({})).toBe(before);
});

it('reads what the download has written, also of a lot in two stores', async () => {
  const lot = await batchModel(ctx).findOne({ lotNumber: 'N1' }).orFail().lean();
  const counter = lot.elsewhere?.[0]?.storeId.toString() ?? '';
  const transfer = await sendTransfer(ctx, {
    ...{ fromId: counter, toId: FIRST_STORE_ID, note: undefined },
    lines: [{ batchId: lot._id.toString(), quantity: 3 }],
  });
  await receiveTransfer(ctx, {
    ...{ transferId: transfer.id, version: 0, reason: undefined },
    lines: [{ batchId: lot._id.toString(), received: 3, lost: 0, back: 0 }],
  });
  const columns = stockRowColumns('INR');
  const rows = await listStockRows(ctx);
  const text = [headingsOf(columns), ...rows.map((row) => cellsOf(columns, row))]
    .map((cells) => csvLine(cells as (string | number | null)[]))
    .join('');
  const other = await testOrganization();
  try {
    const there = other.ctx('pharmacist');
    await addStore(there, { name: 'Counter', isCounter: true });
    const plan = await previewOpening(there, previewOpeningInput.parse({ sheet: text, storeId: '' }));
    expect(plan.problems).toEqual([]);
    const { fingerprint } = plan;
    await importOpening(
      there,
      importOpeningInput.parse({ sheet: text, storeId: FIRST_STORE_ID, fingerprint }),
    );
    expect(await listStockRows(there)).toEqual(rows);
  } finally {
    await other.dispose();
  }
  expect(rows.filter(({ lotNumber }) => lotNumber === 'N1').map(({ quantity }) => quantity)).toEqual([3, 4]);
  expectIndexed(await findFormulary(ctx).explain('executionStats'));
  const identities = identitiesIn(text);
  const named = await findNamed(ctx, identities).lean();
  expectIndexed(await findNamed(ctx, identities).explain('executionStats'));
  const ids = named.map(({ _id }) => _id);
  expectIndexed(await findLotsOf(ctx, ids).explain('executionStats'));
});
