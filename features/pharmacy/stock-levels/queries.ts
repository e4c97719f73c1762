import 'server-only';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { splitByExpiry, usableQuantity } from '@/features/pharmacy/medicines/policy';
import { FIRST_STORE_ID, piecesIn } from '@/features/pharmacy/stores/policy';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { transferModel } from '@/features/pharmacy/transfers/model';
import { onTheWay } from '@/features/pharmacy/transfers/policy';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { stockLevelModel } from './model';
import { type LeastAndMost, piecesNeeded } from './policy';

const MOST_LEVELS = 5_000;
/** More than are ever on their way. */
const MOST_TRANSFERS = 500;

/** The find behind the levels of a medicine. */
export const findLevelsOf = (ctx: TenantContext, medicineId: string) =>
  stockLevelModel(ctx).find({ medicineId: objectId(medicineId, 'medicine') });

/** What each open store shall have of a medicine, and has; without a level where nobody has said. */
export async function listLevels(ctx: TenantContext, medicineId: string) {
  const [stores, levels, lots] = await Promise.all([
    listOpenStores(ctx),
    findLevelsOf(ctx, medicineId).lean(),
    batchModel(ctx)
      .find({ medicineId: objectId(medicineId, 'medicine'), hasStock: true })
      .lean(),
  ]);
  return stores.map(({ id, name }) => {
    const level = levels.find(({ storeId }) => storeId.toString() === id);
    return {
      ...{ storeId: id, storeName: name },
      there: lots.reduce((sum, lot) => sum + piecesIn(lot, id), 0),
      min: level?.min ?? null,
      max: level?.max ?? null,
      version: level?.version ?? 0,
    };
  });
}
export type StoreLevel = Awaited<ReturnType<typeof listLevels>>[number];

/** The find behind what a store shall have. */
export const findLevelsIn = (ctx: TenantContext, storeId: string) =>
  stockLevelModel(ctx)
    .find({ storeId: objectId(storeId, 'store') })
    .limit(MOST_LEVELS);

/** What the first store shall have, by medicine: what is bought comes into it. */
export async function levelsOfFirstStore(ctx: TenantContext): Promise<Map<string, LeastAndMost>> {
  const rows = await findLevelsIn(ctx, FIRST_STORE_ID).lean();
  return new Map(rows.map(({ medicineId, min, max }) => [medicineId.toString(), { min, max }]));
}

/** The find behind what is on its way. */
export const findComing = (ctx: TenantContext) =>
  transferModel(ctx).find({ isOpen: true }).sort({ at: -1, _id: -1 }).limit(MOST_TRANSFERS);

/** How much is on its way to a store, by medicine. */
async function comingTo(ctx: TenantContext, storeId: string): Promise<Map<string, number>> {
  const coming = new Map<string, number>();
  for (const { toId, lines } of await findComing(ctx).lean())
    if (toId.toString() === storeId)
      for (const line of lines) {
        const key = line.medicineId.toString();
        coming.set(key, (coming.get(key) ?? 0) + onTheWay(line));
      }
  return coming;
}

/**
 * What a store needs to be filled up, and which lots of another would go: first expiry first, what has
 * expired or is held never.
 */
export async function proposeRefill(ctx: TenantContext, storeId: string, fromId: string) {
  const levels = await findLevelsIn(ctx, storeId).lean();
  const $in = levels.map(({ medicineId }) => medicineId);
  const [medicines, lots, coming] = await Promise.all([
    medicineModel(ctx)
      .find({ _id: op({ $in }), isActive: true })
      .select('name strength unit sortName')
      .lean(),
    batchModel(ctx)
      .find({ medicineId: op({ $in }), hasStock: true })
      .lean(),
    comingTo(ctx, storeId),
  ]);
  const day = today(ctx.timeZone);
  const stock = (lot: (typeof lots)[number], inStore: string) => ({
    ...{ id: lot._id.toString(), expiresOn: lot.expiresOn, isHeld: Boolean(lot.hold) },
    quantity: piecesIn(lot, inStore),
  });
  return medicines
    .flatMap((medicine) => {
      const level = levels.find(({ medicineId }) => medicineId.equals(medicine._id));
      const own = lots.filter(({ medicineId }) => medicineId.equals(medicine._id));
      const there = usableQuantity(
        own.map((lot) => stock(lot, storeId)),
        day,
      );
      const onWay = coming.get(medicine._id.toString()) ?? 0;
      const needed = level ? piecesNeeded(level, { there, coming: onWay }) : 0;
      if (needed === 0 || !level) return [];
      const from = own.map((lot) => stock(lot, fromId));
      const lotsToSend = splitByExpiry(from, Math.min(needed, usableQuantity(from, day)), day) ?? [];
      return [
        {
          ...{ id: medicine._id.toString(), unit: medicine.unit, sortName: medicine.sortName },
          name: [medicine.name, medicine.strength].filter(Boolean).join(' '),
          ...{ there, coming: onWay, min: level.min, max: level.max, needed },
          lots: lotsToSend.map(({ id, quantity }) => ({ batchId: id, quantity })),
        },
      ];
    })
    .sort((a, b) => a.sortName.localeCompare(b.sortName));
}
