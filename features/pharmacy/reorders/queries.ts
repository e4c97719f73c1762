import 'server-only';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { isExpired, usableQuantity } from '@/features/pharmacy/medicines/policy';
import { readHere } from '@/features/pharmacy/medicines/queries';
import { piecesOnOrder } from '@/features/pharmacy/purchase-orders/queries';
import { listAbcClasses } from '@/features/pharmacy/stock-analysis/queries';
import { comingToFirstStore, levelsOfFirstStore } from '@/features/pharmacy/stock-levels/queries';
import { readStretch } from '@/features/pharmacy/stock-use/queries';
import { FIRST_STORE_ID, piecesIn } from '@/features/pharmacy/stores/policy';
import { groupBy } from '@/lib/group-by';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { dailyUse, LOOK_BACK_DAYS, packsToOrder } from './policy';

const MOST_MEDICINES = 5_000;

type Bought = { supplierId: string; supplierName: string; unitsPerPack: number; rateMinor: number };

/** From whom each medicine was bought the last time, in which pack and at which rate. */
async function lastBought(ctx: TenantContext): Promise<Map<string, Bought>> {
  const rows = await goodsReceiptModel(ctx)
    .find({})
    .sort({ at: -1, _id: -1 })
    .limit(2_000)
    .select('supplierId supplierName lines.medicineId lines.unitsPerPack lines.rateMinor lines.packs')
    .lean();
  const bought = new Map<string, Bought>();
  for (const { supplierId, supplierName, lines } of rows)
    for (const { medicineId, unitsPerPack, rateMinor, packs } of lines)
      if (packs > 0 && !bought.has(medicineId.toString()))
        bought.set(medicineId.toString(), {
          ...{ supplierId: supplierId.toString(), supplierName, unitsPerPack, rateMinor },
        });
  return bought;
}

/**
 * What to order so that each medicine lasts so many days: by its use on the days on which it was there, less
 * what is on the shelves or between them and keeps so long, and less what is on order. Only where something
 * is missing, by supplier and name; what is stopped is not ordered. A least and a most of the first store
 * count more.
 */
export async function proposeOrders(ctx: TenantContext, coverDays: number, now = new Date()) {
  const to = today(ctx.timeZone, now);
  const from = shiftDay(to, 1 - LOOK_BACK_DAYS);
  const keeps = shiftDay(to, coverDays);
  const [medicines, useOf, batches, onOrder, bought, levels, classes] = await Promise.all([
    medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 }).limit(MOST_MEDICINES).lean(),
    readStretch(ctx, from, now),
    readHere(ctx),
    piecesOnOrder(ctx),
    lastBought(ctx),
    levelsOfFirstStore(ctx),
    listAbcClasses(ctx, now),
  ]);
  const lots = new Map(batches.map((lot) => [lot._id.toString(), lot]));
  const coming = await comingToFirstStore(ctx, (batchId) => {
    const lot = lots.get(batchId);
    return Boolean(lot && !lot.hold && !isExpired(lot.expiresOn, keeps));
  });
  const lotsOf = groupBy(batches, ({ medicineId }) => medicineId.toString());
  return medicines
    .filter(({ stop }) => !stop)
    .map((medicine) => {
      const id = medicine._id.toString();
      const last = bought.get(id) ?? null;
      const stocked = lotsOf.get(id) ?? [];
      const { given, daysThere } = useOf(id, medicine.onHand);
      const level = levels.get(id);
      const inFirst = stocked.map((lot) => ({
        ...{ expiresOn: lot.expiresOn, quantity: piecesIn(lot, FIRST_STORE_ID), isHeld: Boolean(lot.hold) },
      }));
      const need = {
        level: level && { ...level, usable: usableQuantity(inFirst, keeps) + (coming.get(id) ?? 0) },
        ...{ given, days: daysThere },
        usable: usableQuantity(
          // What goes from one store to another is still the hospital's.
          stocked.map(({ expiresOn, quantity, transit, hold }) => ({
            ...{ expiresOn, quantity: quantity + (transit ?? 0), isHeld: Boolean(hold) },
          })),
          keeps,
        ),
        onOrder: onOrder.get(id) ?? 0,
        reorderLevel: medicine.reorderLevel,
        coverDays,
        unitsPerPack: last?.unitsPerPack ?? 1,
      };
      return {
        ...{ id, name: [medicine.name, medicine.strength].filter(Boolean).join(' '), unit: medicine.unit },
        ...{ onHand: medicine.onHand, usable: need.usable, onOrder: need.onOrder },
        ...{ abc: classes.get(id) ?? ('C' as const), importance: medicine.importance ?? null },
        level: level ?? null,
        dailyUse: dailyUse(need),
        unitsPerPack: need.unitsPerPack,
        packs: packsToOrder(need),
        ...{ supplierId: last?.supplierId ?? null, supplierName: last?.supplierName ?? null },
        rateMinor: last?.rateMinor ?? null,
      };
    })
    .filter(({ packs }) => packs > 0);
}
export type ProposedLine = Awaited<ReturnType<typeof proposeOrders>>[number];
