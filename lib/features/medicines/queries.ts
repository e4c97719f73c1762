import 'server-only';
import { z } from 'zod';
import { notFoundError } from '@/lib/errors';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { nameKeysOf } from '../patients/keys';
import { type Batch, type Medicine, type Movement, toBatch, toMedicine, toMovement } from './dto';
import { NO_EXPIRY } from './expiry';
import { batchModel, medicineModel, movementModel } from './model';
import { EXPIRY_NOTICE_DAYS, type MedicineListQuery } from './schema';

const PAGE_SIZE = 25;

export type MedicinePage = { medicines: Medicine[]; after: string | null; before: string | null };

const FIELD = { name: 'sortName', onHand: 'onHand', expiry: 'nextExpiry' } as const;
const cursorShape = z.tuple([z.union([z.string().max(300), z.number()]), z.string().regex(/^[0-9a-f]{24}$/)]);

function readCursor(text: string | undefined) {
  if (!text) return null;
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

function narrow(ctx: TenantContext, query: MedicineListQuery): Record<string, unknown>[] {
  const day = today(ctx.timeZone);
  const words = nameKeysOf(query.q).slice(0, 4);
  const search = words.map((word) => ({ nameKeys: new RegExp(`^${escapeRegExp(word)}`) }));
  switch (query.show) {
    case 'all':
      return search;
    case 'low':
      return [...search, { isLow: true }];
    case 'out':
      return [...search, { onHand: 0 }];
    case 'expired':
      return [...search, { nextExpiry: op({ $lt: day }) }];
    case 'expiring':
      return [...search, { nextExpiry: op({ $gte: day, $lte: shiftDay(day, EXPIRY_NOTICE_DAYS) }) }];
  }
}

/** A page of the formulary, 25 medicines, by keyset. */
export async function listMedicines(ctx: TenantContext, query: MedicineListQuery): Promise<MedicinePage> {
  const field = FIELD[query.sort.replace(/^-/, '') as keyof typeof FIELD];
  const backwards = readCursor(query.before);
  const cursor = backwards ?? readCursor(query.after);
  const isAscending = query.sort.startsWith('-') === Boolean(backwards);
  const order = isAscending ? 1 : -1;
  const filter: Record<string, unknown>[] = [{ isActive: true }, ...narrow(ctx, query)];
  if (cursor) {
    const beyond = isAscending ? '$gt' : '$lt';
    filter.push({
      $or: [{ [field]: op({ [beyond]: cursor[0] }) }, { [field]: cursor[0], _id: op({ [beyond]: objectId(cursor[1], 'medicine') }) }],
    });
  }
  const rows = await medicineModel(ctx)
    .find({ $and: filter })
    .sort({ [field]: order, _id: order })
    .limit(PAGE_SIZE + 1)
    .lean();
  const hasMore = rows.length > PAGE_SIZE;
  const page = rows.slice(0, PAGE_SIZE);
  if (backwards) page.reverse();
  const cursorOf = (row: (typeof page)[number] | undefined): string | null =>
    row ? Buffer.from(JSON.stringify([row[field], row._id.toString()])).toString('base64url') : null;
  return {
    medicines: page.map(toMedicine),
    after: hasMore || backwards ? cursorOf(page.at(-1)) : null,
    before: (backwards ? hasMore : Boolean(cursor)) ? cursorOf(page[0]) : null,
  };
}

/** @throws AppError NOT_FOUND. */
export async function getMedicine(ctx: TenantContext, medicineId: string): Promise<Medicine> {
  const row = await medicineModel(ctx).findById(objectId(medicineId, 'medicine')).lean();
  if (!row) throw notFoundError('medicine');
  return toMedicine(row);
}

/** Batches that still have stock, first expiring first. */
export async function listBatches(ctx: TenantContext, medicineId: string): Promise<Batch[]> {
  const rows = await batchModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine'), quantity: op({ $gt: 0 }) })
    .sort({ expiresOn: 1, lotNumber: 1 })
    .limit(200)
    .lean();
  return rows.map(toBatch);
}

/** The last movements of a medicine, newest first. */
export async function listMovements(ctx: TenantContext, medicineId: string, limit = 50): Promise<Movement[]> {
  const rows = await movementModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine') })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean();
  return rows.map(toMovement);
}

/** What needs somebody's attention: at most five of each, with the counts. */
export async function stockAlerts(ctx: TenantContext) {
  const day = today(ctx.timeZone);
  const medicines = medicineModel(ctx);
  const low = { isActive: true, isLow: true };
  const expiring = { isActive: true, nextExpiry: op({ $lte: shiftDay(day, EXPIRY_NOTICE_DAYS) }) };
  const [lowStock, expiringSoon, lowCount, expiringCount] = await Promise.all([
    medicines.find(low).sort({ sortName: 1, _id: 1 }).limit(5).lean(),
    medicines.find(expiring).sort({ nextExpiry: 1, _id: 1 }).limit(5).lean(),
    medicines.countDocuments(low),
    medicines.countDocuments(expiring),
  ]);
  return {
    lowStock: lowStock.map(toMedicine),
    expiring: expiringSoon.filter((row) => row.nextExpiry !== NO_EXPIRY).map(toMedicine),
    counts: { low: lowCount, expiring: expiringCount },
  };
}
export type StockAlerts = Awaited<ReturnType<typeof stockAlerts>>;

export async function* eachMedicine(ctx: TenantContext): AsyncGenerator<Medicine> {
  const cursor = medicineModel(ctx).find({ isActive: true }).sort({ sortName: 1, _id: 1 }).batchSize(500).lean().cursor();
  for await (const row of cursor) yield toMedicine(row);
}

/** Whether the formulary has been begun. */
export async function hasMedicines(ctx: TenantContext): Promise<boolean> {
  return (await medicineModel(ctx).estimatedDocumentCount()) > 0;
}
