import 'server-only';
import { LRUCache } from 'lru-cache';
import { type Medicine, toMedicine } from '@/features/pharmacy/medicines/dto';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import {
  EXPIRY_NOTICE_DAYS,
  isExpired,
  type MedicineFilter,
  stockMark,
  usableQuantity,
} from '@/features/pharmacy/medicines/policy';
import {
  countMedicines,
  listMedicines,
  listThose,
  type MedicinePage,
  MOST_ALERTS,
  readHere,
  type StockAlerts,
  stockAlerts,
  titleOf,
} from '@/features/pharmacy/medicines/queries';
import type { MedicineListQuery } from '@/features/pharmacy/medicines/schema';
import { findLevelsIn, readComing } from '@/features/pharmacy/stock-levels/queries';
import { FIRST_STORE_ID, piecesIn } from '@/features/pharmacy/stores/policy';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { groupBy } from '@/lib/group-by';
import { EVERYWHERE } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import { isKeptAt, isLowAt, lowestAt } from './policy';

type Lot = Awaited<ReturnType<typeof readHere>>[number];
type Shelf = { lot: Lot; onHand: number };

/** More than a formulary has. */
const MOST_MEDICINES = 5_000;

/** The find behind the medicines that a branch may have. */
export const findActive = (ctx: TenantContext) =>
  medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 }).limit(MOST_MEDICINES);

/**
 * What the stores of a branch have, medicine by medicine; null where they are those of all: for all branches
 * together, and for a branch without a store of its own, which is given out of the others.
 */
async function readBranchStock(ctx: TenantContext, branchId: string) {
  if (branchId === EVERYWHERE || ctx.branches.length < 2) return null;
  const storeIds = (await listOpenStores(ctx)).flatMap((one) => (one.branchId === branchId ? [one.id] : []));
  if (storeIds.length === 0) return null;
  const [medicines, lots, levels] = await Promise.all([
    findActive(ctx).lean(),
    readHere(ctx),
    Promise.all(storeIds.map((storeId) => findLevelsIn(ctx, storeId).lean())).then((all) => all.flat()),
  ]);
  const day = today(ctx.timeZone);
  const lotOf = new Map(lots.map((lot) => [lot._id.toString(), lot]));
  const coming = await readComing(ctx, (batchId) => {
    const lot = lotOf.get(batchId);
    return Boolean(lot && !lot.hold && !isExpired(lot.expiresOn, day));
  });
  const inBranch = (lot: Lot) => storeIds.reduce((sum, storeId) => sum + piecesIn(lot, storeId), 0);
  const lotsOf = groupBy(lots, ({ medicineId }) => medicineId.toString());
  const levelsOf = groupBy(levels, ({ medicineId }) => medicineId.toString());
  return medicines.map((row) => {
    const id = row._id.toString();
    const all = lotsOf.get(id) ?? [];
    const shelves: Shelf[] = all
      .map((lot) => ({ lot, onHand: inBranch(lot) }))
      .filter(({ onHand }) => onHand > 0)
      .sort((a, b) => a.lot.expiresOn.localeCompare(b.lot.expiresOn));
    const comingTo = (storeId: string) => coming.get(storeId)?.get(id) ?? 0;
    const kept = {
      onHand: shelves.reduce((sum, { onHand }) => sum + onHand, 0),
      coming: storeIds.reduce((sum, storeId) => sum + comingTo(storeId), 0),
      reorderLevel: row.reorderLevel,
      hasFirstStore: storeIds.includes(FIRST_STORE_ID),
      levels: (levelsOf.get(id) ?? []).map(({ storeId, min }) => {
        const stock = all.map((lot) => ({
          ...{ expiresOn: lot.expiresOn, isHeld: Boolean(lot.hold) },
          quantity: piecesIn(lot, storeId.toString()),
        }));
        return { min, usable: usableQuantity(stock, day), coming: comingTo(storeId.toString()) };
      }),
    };
    const isLow = isLowAt(kept);
    const medicine: Medicine = {
      ...toMedicine(row),
      ...{ onHand: kept.onHand, reorderLevel: lowestAt(kept), nextExpiry: shelves[0]?.lot.expiresOn ?? null },
      // A branch that never had it is not out of it.
      mark: isKeptAt(kept) ? stockMark({ onHand: kept.onHand, isLow }) : 'enough',
    };
    return { id, medicine, shelves, isLow, isOut: isKeptAt(kept) && kept.onHand === 0 };
  });
}
type BranchStock = NonNullable<Awaited<ReturnType<typeof readBranchStock>>>;

/** The lots of a branch that expire in a stretch, the first to expire first. */
function lotsWithin(stock: BranchStock, { from, to }: { from: Day; to: Day }) {
  return stock
    .flatMap(({ medicine, shelves }) => shelves.map((shelf) => ({ ...shelf, medicine })))
    .filter(({ lot }) => lot.expiresOn >= from && lot.expiresOn <= to)
    .sort((a, b) => a.lot.expiresOn.localeCompare(b.lot.expiresOn));
}

const LONG_AGO = '0000-01-01';
const stretchOf = (show: 'expired' | 'expiring', day: Day, within = EXPIRY_NOTICE_DAYS) =>
  show === 'expired' ? { from: LONG_AGO, to: shiftDay(day, -1) } : { from: day, to: shiftDay(day, within) };

/** The medicines of a view that is computed for a branch, in its order, with the day that it is about. */
function viewOf(stock: BranchStock, { show, sort, within }: MedicineListQuery, day: Day): Medicine[] {
  const backwards = sort.startsWith('-');
  if (show === 'expired' || show === 'expiring') {
    const first = new Map<string, Medicine>();
    for (const { medicine, lot } of lotsWithin(stock, stretchOf(show, day, within)))
      if (!first.has(medicine.id)) first.set(medicine.id, { ...medicine, nextExpiry: lot.expiresOn });
    return backwards ? [...first.values()].reverse() : [...first.values()];
  }
  const chosen = stock.filter(({ isLow, isOut }) => (show === 'low' ? isLow : isOut));
  // By name already; the least first where stock is what it is about.
  if (show === 'low') chosen.sort((a, b) => a.medicine.onHand - b.medicine.onHand);
  const medicines = chosen.map(({ medicine }) => medicine);
  return backwards ? medicines.reverse() : medicines;
}

/**
 * A page of the formulary as `listMedicines` has it, with the stock of a branch, and how many medicines each
 * view holds there.
 */
export async function listMedicinesAt(
  ctx: TenantContext,
  query: MedicineListQuery,
  branchId: string,
): Promise<{ page: MedicinePage; counts: Record<MedicineFilter, number> }> {
  const [counts, stock] = await Promise.all([countMedicines(ctx), readBranchStock(ctx, branchId)]);
  if (!stock) return { page: await listMedicines(ctx, query), counts };
  const day = today(ctx.timeZone);
  const expiring = (show: 'expired' | 'expiring') =>
    new Set(lotsWithin(stock, stretchOf(show, day)).map(({ medicine }) => medicine.id)).size;
  return {
    page: await pageOf(ctx, query, stock),
    counts: {
      ...counts,
      low: stock.filter(({ isLow }) => isLow).length,
      out: stock.filter(({ isOut }) => isOut).length,
      ...{ expiring: expiring('expiring'), expired: expiring('expired') },
    },
  };
}

async function pageOf(
  ctx: TenantContext,
  query: MedicineListQuery,
  stock: BranchStock,
): Promise<MedicinePage> {
  if (query.show === 'all' || query.show === 'inactive') {
    const page = await listMedicines(ctx, query);
    const here = new Map(stock.map(({ id, medicine }) => [id, medicine]));
    return { ...page, medicines: page.medicines.map((one) => here.get(one.id) ?? one) };
  }
  const view = new Map(viewOf(stock, query, today(ctx.timeZone)).map((one) => [one.id, one]));
  return listThose(ctx, query, [...view.keys()], (row) => view.get(row._id.toString()) ?? toMedicine(row));
}

/** What needs somebody's attention at a branch, as `stockAlerts` has it. */
export async function stockAlertsAt(ctx: TenantContext, branchId: string): Promise<StockAlerts> {
  const stock = await readBranchStock(ctx, branchId);
  if (!stock) return stockAlerts(ctx);
  const day = today(ctx.timeZone);
  const low = stock
    .filter(({ isLow }) => isLow)
    .sort((a, b) => a.medicine.onHand - b.medicine.onHand)
    .slice(0, MOST_ALERTS);
  return {
    lowStock: low.map(({ id, medicine }) => ({
      ...{ id, name: titleOf(medicine), onHand: medicine.onHand, reorderLevel: medicine.reorderLevel },
    })),
    expiring: lotsWithin(stock, { from: LONG_AGO, to: shiftDay(day, EXPIRY_NOTICE_DAYS) })
      .slice(0, MOST_ALERTS)
      .map(({ medicine, lot, onHand }) => ({
        ...{ id: medicine.id, batchId: lot._id.toString(), name: titleOf(medicine) },
        ...{ lotNumber: lot.lotNumber, expiresOn: lot.expiresOn, quantity: onHand },
        isExpired: isExpired(lot.expiresOn, day),
      })),
  };
}

/** What a branch is short of comes out of all its stock; nobody orders by the minute. In milliseconds. */
const KEPT_MS = 60_000;
const kept = new LRUCache<string, Promise<StockAlerts>>({ max: 2_000, ttl: KEPT_MS });

/**
 * The same for the page that everybody opens all day: computed once a minute for each branch, however many
 * open it. A hospital of one branch is read by its index each time.
 */
export function recentAlertsAt(ctx: TenantContext, branchId: string): Promise<StockAlerts> {
  if (branchId === EVERYWHERE || ctx.branches.length < 2) return stockAlerts(ctx);
  const key = `${ctx.organizationId} ${branchId}`;
  const known = kept.get(key);
  if (known) return known;
  const asked = stockAlertsAt(ctx, branchId);
  kept.set(key, asked);
  // What could not be read is asked for again by the next.
  asked.catch(() => kept.delete(key));
  return asked;
}
