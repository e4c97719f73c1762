import 'server-only';
import type { Types } from 'mongoose';
import { wordsOf } from '@/features/patients/patients/keys';
import { notFoundError } from '@/lib/errors';
import { decodeCursor, encodeCursor, keyset } from '@/lib/keyset';
import { escapeRegExp, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import {
  type Batch,
  type Medicine,
  type MedicineRow,
  type Movement,
  toBatch,
  toMedicine,
  toMovement,
  toQuarantines,
  toShelves,
} from './dto';
import { readGtin } from './gs1';
import { readLotCode } from './lot-code';
import { batchModel, medicineModel, movementModel, packCodeModel } from './model';
import { EXPIRY_NOTICE_DAYS, isExpired, type MedicineFilter, type MedicineSortKey } from './policy';
import { type LedgerQuery, type MedicineListQuery, medicineListQuery } from './schema';

const PAGE_SIZE = 25;
const MOST_FOUND = 50;
export const MOST_ALERTS = 5;
const MOST_EXPIRING = 2_000;

type Filter = Record<string, unknown>;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getMedicine(ctx: TenantContext, medicineId: string): Promise<Medicine> {
  const row = await medicineModel(ctx).findById(objectId(medicineId, 'medicine')).lean();
  if (!row) throw notFoundError('medicine');
  return toMedicine(row);
}

export type MedicinePage = {
  medicines: Medicine[];
  after: string | null;
  before: string | null;
  /** A search that fits more than are shown. */
  hasMore: boolean;
};

const STATE: Record<Exclude<MedicineFilter, 'expiring' | 'expired'>, Filter> = {
  all: { isActive: true },
  low: { isActive: true, isLow: true },
  out: { isActive: true, onHand: 0 },
  inactive: { isActive: false },
};

/** A page of the formulary: 25 by keyset, or with `q` the first 50 that fit. */
export async function listMedicines(ctx: TenantContext, query: MedicineListQuery): Promise<MedicinePage> {
  if (query.show === 'expired' || query.show === 'expiring') return listExpiring(ctx, query, query.show);
  if (wordsOf(query.q).length > 0) return search(ctx, query, STATE[query.show]);
  return listByKeyset(ctx, query, STATE[query.show]);
}

// Ties are broken by name, then by id; each order is the end of an index that begins with the filter.
const NAME = ['sortName', 'text'] as const;
const ID = ['_id', 'object-id'] as const;
const ORDERS = {
  name: [NAME, ID],
  onHand: [['onHand', 'number'], NAME, ID],
  expiry: [['nextExpiry', 'text'], NAME, ID],
} as const satisfies Record<MedicineSortKey, unknown>;

async function listByKeyset(
  ctx: TenantContext,
  query: MedicineListQuery,
  state: Filter,
): Promise<MedicinePage> {
  const by = ORDERS[keyOf(query)];
  const page = keyset({ by, direction: query.sort.startsWith('-') ? -1 : 1 }, query, PAGE_SIZE);
  // Both may bound the stock: two conditions on one field need $and.
  const found = await medicineModel(ctx)
    .find(page.start ? { $and: [state, page.filter] } : state)
    .sort(page.sort)
    .limit(page.limit)
    .lean();
  const { rows, after, before } = page.toPage(found, (row) => by.map(([field]) => row[field].toString()));
  return { medicines: rows.map(toMedicine), after, before, hasMore: false };
}

const keyOf = ({ sort }: Pick<MedicineListQuery, 'sort'>): MedicineSortKey =>
  sort === 'onHand' || sort === '-onHand'
    ? 'onHand'
    : sort === 'expiry' || sort === '-expiry'
      ? 'expiry'
      : 'name';

/**
 * Each word is the beginning of a word of the medicine; the longest, which narrows the most, leads the index.
 */
function searchFilter(q: string): Filter {
  const [first = '', ...rest] = wordsOf(q)
    .sort((a, b) => b.length - a.length)
    .map((word) => new RegExp(`^${escapeRegExp(word)}`));
  return rest.length > 0
    ? { nameKeys: first, $and: rest.map((nameKeys) => ({ nameKeys })) }
    : { nameKeys: first };
}

async function search(ctx: TenantContext, query: MedicineListQuery, state: Filter): Promise<MedicinePage> {
  // No sort here: it would read every match of a short prefix.
  const rows = await medicineModel(ctx)
    .find({ ...searchFilter(query.q), ...state })
    .limit(MOST_FOUND + 1)
    .lean();
  const by = ORDERS[keyOf(query)];
  const direction = query.sort.startsWith('-') ? -1 : 1;
  rows.sort((a, b) => {
    for (const [field] of by)
      if (field !== '_id' && a[field] !== b[field]) return a[field] < b[field] ? -direction : direction;
    return 0;
  });
  return {
    medicines: rows.slice(0, MOST_FOUND).map(toMedicine),
    after: null,
    before: null,
    hasMore: rows.length > MOST_FOUND,
  };
}

const MOST_OFFERED = 12;
type FoundLot = { lotNumber: string; expiresOn: Day };

/** The medicine in a pack whose number was scanned before, if it is active; and how many are in it. */
async function findByPack(ctx: TenantContext, gtin: string) {
  const code = await packCodeModel(ctx).findById(gtin).lean();
  const row = code ? await medicineModel(ctx).findOne({ _id: code.medicineId, isActive: true }).lean() : null;
  return row && code ? { medicines: [toMedicine(row)], unitsPerPack: code.unitsPerPack } : { medicines: [] };
}

/** The active medicine of an own label, with the lot that it names. */
async function findByLotCode(ctx: TenantContext, batchId: string) {
  const lot = await batchModel(ctx).findById(objectId(batchId, 'lot')).lean();
  const row = lot ? await medicineModel(ctx).findOne({ _id: lot.medicineId, isActive: true }).lean() : null;
  if (!row || !lot) return { medicines: [] };
  return { medicines: [toMedicine(row)], lot: { lotNumber: lot.lotNumber, expiresOn: lot.expiresOn } };
}

/** Active medicines by beginnings of words of theirs, by the number of a pack, or by an own label. */
export async function searchMedicines(ctx: TenantContext, q: string) {
  if (wordsOf(q).length === 0) return [];
  const [gtin, batchId] = [readGtin(q.trim()), readLotCode(q)];
  const found: { medicines: Medicine[]; unitsPerPack?: number; lot?: FoundLot } = batchId
    ? await findByLotCode(ctx, batchId)
    : gtin
      ? await findByPack(ctx, gtin)
      : await listMedicines(ctx, medicineListQuery.parse({ q }));
  const { medicines, unitsPerPack, lot } = found;
  return medicines.slice(0, MOST_OFFERED).map(({ id, name, genericName, form, strength, unit, onHand }) => ({
    ...{ id, name, ingredient: genericName, form, strength, unit, onHand },
    ...(unitsPerPack ? { unitsPerPack } : {}),
    ...(lot ? { lot } : {}),
  }));
}

const rangeOf = (show: 'expired' | 'expiring', day: Day, within: number = EXPIRY_NOTICE_DAYS) =>
  show === 'expired' ? { $lt: day } : { $gte: day, $lte: shiftDay(day, within) };

/** The first day, within the range, that a batch of each medicine expires; in the order of that day. */
async function firstExpiries(
  ctx: TenantContext,
  show: 'expired' | 'expiring',
  day: Day,
  within?: number,
): Promise<Map<string, Day>> {
  const batches = await batchModel(ctx)
    .find({ hasStock: true, expiresOn: op(rangeOf(show, day, within)) })
    .sort({ expiresOn: 1, _id: 1 })
    .limit(MOST_EXPIRING)
    .select('medicineId expiresOn')
    .lean();
  const first = new Map<string, Day>();
  for (const { medicineId, expiresOn } of batches) {
    const id = medicineId.toString();
    if (!first.has(id)) first.set(id, expiresOn);
  }
  return first;
}

/**
 * Medicines with a batch that expires in the range, with that day as `nextExpiry`. Read from the batches: a
 * medicine may have one that has expired and another that soon will.
 */
async function listExpiring(
  ctx: TenantContext,
  query: MedicineListQuery,
  show: 'expired' | 'expiring',
): Promise<MedicinePage> {
  const expiries = await firstExpiries(ctx, show, today(ctx.timeZone), query.within);
  const ids = [...expiries.keys()];
  if (query.sort.startsWith('-')) ids.reverse();
  return listThose(ctx, query, ids, (row) =>
    toMedicine({ ...row, nextExpiry: expiries.get(row._id.toString()) ?? row.nextExpiry }),
  );
}

/** A page of medicines that are known by their ids, in that order: 25, or with `q` the first 50 that fit. */
export async function listThose(
  ctx: TenantContext,
  query: MedicineListQuery,
  ids: readonly string[],
  toRow: (row: MedicineRow) => Medicine,
): Promise<MedicinePage> {
  const read = async (some: readonly string[], filter: Filter) => {
    const $in = some.map((id) => objectId(id, 'medicine'));
    const rows = await medicineModel(ctx)
      .find({ ...filter, _id: op({ $in }) })
      .lean();
    const byId = new Map(rows.map((row) => [row._id.toString(), row]));
    return some.flatMap((id) => {
      const row = byId.get(id);
      return row ? [toRow(row)] : [];
    });
  };
  if (wordsOf(query.q).length > 0) {
    const found = await read(ids, searchFilter(query.q));
    const medicines = found.slice(0, MOST_FOUND);
    return { medicines, after: null, before: null, hasMore: found.length > MOST_FOUND };
  }
  const before = decodeCursor(query.before)?.[0];
  const after = decodeCursor(query.after)?.[0];
  // A place that is gone (disposed of meanwhile) leads back to the start.
  const start = before ? Math.max(0, ids.indexOf(before) - PAGE_SIZE) : after ? ids.indexOf(after) + 1 : 0;
  const page = ids.slice(start, start + PAGE_SIZE);
  return {
    medicines: await read(page, {}),
    after: start + PAGE_SIZE < ids.length ? encodeCursor(page.slice(-1)) : null,
    before: start > 0 ? encodeCursor(page.slice(0, 1)) : null,
    hasMore: false,
  };
}

/** Whether anything was ever taken into stock. */
export const hasStock = async (ctx: TenantContext): Promise<boolean> =>
  (await batchModel(ctx).exists({})) !== null;

/** How many medicines each view of the list holds. */
export async function countMedicines(ctx: TenantContext): Promise<Record<MedicineFilter, number>> {
  const day = today(ctx.timeZone);
  const count = (state: Filter) => medicineModel(ctx).countDocuments(state);
  const [all, low, out, inactive, expiring, expired] = await Promise.all([
    count(STATE.all),
    count(STATE.low),
    count(STATE.out),
    count(STATE.inactive),
    firstExpiries(ctx, 'expiring', day),
    firstExpiries(ctx, 'expired', day),
  ]);
  return { all, low, out, inactive, expiring: expiring.size, expired: expired.size };
}

/** What the stores have of a medicine, lot by lot, first expiring first. */
export async function listBatches(ctx: TenantContext, medicineId: string): Promise<Batch[]> {
  const rows = await batchModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine'), hasStock: true })
    .sort({ expiresOn: 1, _id: 1 })
    .limit(200)
    .lean();
  return rows.flatMap(toShelves);
}

/** The find behind all lots of a medicine. */
export const findLots = (ctx: TenantContext, medicineId: string) =>
  batchModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine') })
    .sort({ lotNumber: 1 })
    .limit(500);

/** All lots that a medicine has had, also those of which nothing is left; by number. At most 500. */
export const listLots = async (ctx: TenantContext, medicineId: string): Promise<Batch[]> =>
  (await findLots(ctx, medicineId).lean()).map(toBatch);

/** The find behind what of a medicine is on its way between stores. */
export const findMoving = (scope: Pick<TenantContext, 'db'>, medicineIds: readonly Types.ObjectId[]) =>
  batchModel(scope)
    .find({ medicineId: op({ $in: [...medicineIds] }), transit: op({ $gt: 0 }) })
    .select('medicineId transit');

/** The find behind the quarantine of a medicine. */
export const findQuarantine = (ctx: TenantContext, medicineId: string) =>
  batchModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine'), quarantine: op({ $gt: 0 }) })
    .sort({ quarantine: 1 })
    .limit(200);

/** Lots of which something came back and waits to be looked at, store by store. */
export const listQuarantine = async (ctx: TenantContext, medicineId: string): Promise<Batch[]> =>
  (await findQuarantine(ctx, medicineId).lean()).flatMap(toQuarantines);

export type MovementPage = { movements: Movement[]; after: string | null; before: string | null };
/** A page of a medicine's ledger, newest first, 25 by keyset. */
export async function listMovements(
  ctx: TenantContext,
  medicineId: string,
  query: LedgerQuery = {},
): Promise<MovementPage> {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const paging = keyset(order, query, PAGE_SIZE);
  const found = await movementModel(ctx)
    .find({ medicineId: objectId(medicineId, 'medicine'), ...paging.filter })
    .sort(paging.sort)
    .limit(paging.limit)
    .lean();
  const page = paging.toPage(found, (row) => [row.at.toISOString(), row._id.toString()]);
  const dispenses = page.rows.filter(({ kind }) => kind === 'dispense').map(({ _id }) => _id);
  const returns =
    dispenses.length > 0
      ? await movementModel(ctx)
          .find({ returnOf: op({ $in: dispenses }) })
          .select('returnOf quantity')
          .lean()
      : [];
  const returned = (id: string): number =>
    returns.reduce((sum, one) => sum + (one.returnOf?.toString() === id ? one.quantity : 0), 0);
  return {
    movements: page.rows.map((row) => toMovement(row, returned(row._id.toString()))),
    after: page.after,
    before: page.before,
  };
}

/**
 * What needs somebody's attention today: at most five of each, the most urgent first, and how many there are.
 * `expiring` are batches with stock that have expired or will within 90 days; `id` is the medicine's.
 */
export async function stockAlerts(ctx: TenantContext) {
  const day = today(ctx.timeZone);
  const medicines = medicineModel(ctx);
  const batches = batchModel(ctx);
  const within = (range: Record<string, Day>): Filter => ({ hasStock: true, expiresOn: op(range) });
  const [low, rows] = await Promise.all([
    medicines.find(STATE.low).sort({ onHand: 1, sortName: 1, _id: 1 }).limit(MOST_ALERTS).lean(),
    batches
      .find(within({ $lte: shiftDay(day, EXPIRY_NOTICE_DAYS) }))
      .sort({ expiresOn: 1, _id: 1 })
      .limit(MOST_ALERTS)
      .lean(),
  ]);
  const $in = rows.map(({ medicineId }) => medicineId);
  const named =
    rows.length > 0
      ? await medicines
          .find({ _id: op({ $in }) })
          .select('name strength')
          .lean()
      : [];
  const nameOf = new Map(named.map((row) => [row._id.toString(), titleOf(row)]));
  return {
    lowStock: low.map((row) => ({
      id: row._id.toString(),
      name: titleOf(row),
      onHand: row.onHand,
      reorderLevel: row.reorderLevel,
    })),
    expiring: rows.map((row) => ({
      id: row.medicineId.toString(),
      batchId: row._id.toString(),
      name: nameOf.get(row.medicineId.toString()) ?? '',
      lotNumber: row.lotNumber,
      expiresOn: row.expiresOn,
      quantity: row.quantity,
      isExpired: isExpired(row.expiresOn, day),
    })),
  };
}
export type StockAlerts = Awaited<ReturnType<typeof stockAlerts>>;

/** How many medicines are low, and how many lots expire soon or have expired. */
export async function countStockAlerts(ctx: TenantContext) {
  const day = today(ctx.timeZone);
  const lots = (show: 'expiring' | 'expired') =>
    batchModel(ctx).countDocuments({ hasStock: true, expiresOn: op(rangeOf(show, day)) });
  const [lowStock, expiring, expired] = await Promise.all([
    medicineModel(ctx).countDocuments(STATE.low),
    lots('expiring'),
    lots('expired'),
  ]);
  return { lowStock, expiring, expired };
}

export const titleOf = ({
  name,
  strength,
}: {
  name: string;
  strength?: string | null | undefined;
}): string => (strength ? `${name} ${strength}` : name);

/** Every active medicine by name, read in steps: an export holds no more than one step in memory. */
export async function* eachMedicine(ctx: TenantContext): AsyncGenerator<Medicine> {
  const cursor = medicineModel(ctx)
    .find(STATE.all)
    .sort({ sortName: 1, _id: 1 })
    .batchSize(500)
    .lean()
    .cursor();
  for await (const row of cursor) yield toMedicine(row);
}

/** The finds behind what is here: on a shelf, in quarantine, or on its way between stores. */
export const findHere = (ctx: TenantContext, medicineIds?: readonly Types.ObjectId[]) =>
  [{ hasStock: true }, { quarantine: op({ $gt: 0 }) }, { transit: op({ $gt: 0 }) }].map((where) =>
    batchModel(ctx)
      .find({ ...where, ...(medicineIds ? { medicineId: op({ $in: [...medicineIds] }) } : {}) })
      .select(
        'medicineId lotNumber expiresOn quantity elsewhere quarantine quarantineElsewhere transit valueMinor hold',
      ),
  );

/** Each lot of which something is here, once; of all medicines, or of some. */
export async function readHere(ctx: TenantContext, medicineIds?: readonly Types.ObjectId[]) {
  const found = await Promise.all(findHere(ctx, medicineIds).map((find) => find.lean()));
  return [...new Map(found.flat().map((lot) => [lot._id.toString(), lot])).values()];
}
