import 'server-only';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { isExpired, splitByExpiry, usableQuantity } from '@/features/pharmacy/medicines/policy';
import { readHere } from '@/features/pharmacy/medicines/queries';
import { FIRST_STORE_ID, piecesIn } from '@/features/pharmacy/stores/policy';
import { transferModel } from '@/features/pharmacy/transfers/model';
import { onTheWay } from '@/features/pharmacy/transfers/policy';
import { groupBy } from '@/lib/group-by';
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

/** What stores shall have of a medicine, where somebody has said. */
export const listLevels = async (ctx: TenantContext, medicineId: string) =>
  (await findLevelsOf(ctx, medicineId).lean()).map(({ storeId, min, max, version }) => ({
    ...{ storeId: storeId.toString(), min, max, version },
  }));

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

/** How much is on its way to each store, by medicine; what has expired or is held does not count. */
export async function readComing(ctx: TenantContext, isUsable: (batchId: string) => boolean) {
  const coming = new Map<string, Map<string, number>>();
  for (const { toId, lines } of await findComing(ctx).lean())
    for (const line of lines.filter(({ batchId }) => isUsable(batchId.toString()))) {
      const store = coming.get(toId.toString()) ?? new Map<string, number>();
      coming.set(toId.toString(), store);
      const key = line.medicineId.toString();
      store.set(key, (store.get(key) ?? 0) + onTheWay(line));
    }
  return coming;
}

/**
 * What stores need to be filled up, and which lots of another would go: first expiry first, what has expired
 * or is held never, and nothing of a medicine that is stopped. What is promised to one store is not promised
 * to the next.
 */
export async function proposeRefills(ctx: TenantContext, storeIds: readonly string[], fromId: string) {
  const levels = (await Promise.all(storeIds.map((storeId) => findLevelsIn(ctx, storeId).lean()))).flat();
  if (levels.length === 0) return storeIds.map((storeId) => ({ storeId, lines: [] as RefillLine[] }));
  const $in = levels.map(({ medicineId }) => medicineId);
  const [medicines, here] = await Promise.all([
    medicineModel(ctx)
      .find({ _id: op({ $in }), isActive: true })
      .select('name strength unit sortName stop')
      .lean(),
    readHere(ctx, $in),
  ]);
  const day = today(ctx.timeZone);
  const lots = new Map(here.map((lot) => [lot._id.toString(), lot]));
  const coming = await readComing(ctx, (batchId) => {
    const lot = lots.get(batchId);
    return Boolean(lot && !lot.hold && !isExpired(lot.expiresOn, day));
  });
  const given = medicines.filter(({ stop }) => !stop).sort((a, b) => a.sortName.localeCompare(b.sortName));
  const lotsOf = groupBy(here, ({ medicineId }) => medicineId.toString());
  const promised = new Map<string, number>();
  const stock = (lot: (typeof here)[number], inStore: string) => ({
    ...{ id: lot._id.toString(), expiresOn: lot.expiresOn, isHeld: Boolean(lot.hold) },
    quantity: piecesIn(lot, inStore) - (inStore === fromId ? (promised.get(lot._id.toString()) ?? 0) : 0),
  });
  return storeIds.map((storeId) => {
    const ofStore = new Map(
      levels
        .filter((level) => level.storeId.toString() === storeId)
        .map((level) => [level.medicineId.toString(), level]),
    );
    const lines = given.flatMap((medicine): RefillLine[] => {
      const id = medicine._id.toString();
      const level = ofStore.get(id);
      if (!level) return [];
      const own = lotsOf.get(id) ?? [];
      const there = usableQuantity(
        own.map((lot) => stock(lot, storeId)),
        day,
      );
      const onWay = coming.get(storeId)?.get(id) ?? 0;
      const needed = piecesNeeded(level, { there, coming: onWay });
      if (needed === 0) return [];
      const from = own.map((lot) => stock(lot, fromId));
      const toSend = splitByExpiry(from, Math.min(needed, usableQuantity(from, day)), day) ?? [];
      for (const one of toSend) promised.set(one.id, (promised.get(one.id) ?? 0) + one.quantity);
      return [
        {
          ...{ id, unit: medicine.unit, name: [medicine.name, medicine.strength].filter(Boolean).join(' ') },
          ...{ there, coming: onWay, min: level.min, max: level.max, needed },
          lots: toSend.map((one) => ({ batchId: one.id, quantity: one.quantity })),
        },
      ];
    });
    return { storeId, lines };
  });
}

type RefillLine = {
  id: string;
  name: string;
  unit: string;
  there: number;
  coming: number;
  min: number;
  max: number;
  needed: number;
  lots: { batchId: string; quantity: number }[];
};

/** What of a medicine is on its way to the first store, by medicine: what is bought is less by that. */
export async function comingToFirstStore(
  ctx: TenantContext,
  isUsable: (batchId: string) => boolean,
): Promise<Map<string, number>> {
  return (await readComing(ctx, isUsable)).get(FIRST_STORE_ID) ?? new Map();
}
