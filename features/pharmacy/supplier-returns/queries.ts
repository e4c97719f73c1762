import 'server-only';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { EXPIRY_NOTICE_DAYS } from '@/features/pharmacy/medicines/policy';
import { quarantinesOf, storesOf } from '@/features/pharmacy/stores/policy';
import { listStores } from '@/features/pharmacy/stores/queries';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import { type SupplierReturn, toSupplierReturn } from './dto';
import { supplierReturnModel } from './model';
import type { SupplierReturnsQuery } from './schema';

const PAGE_SIZE = 25;
/** More than anybody packs into one box. */
const MOST_LOTS = 200;
const MOST_RECEIPTS = 1_000;

/** The find behind a page of the list; apart from it so that a test can ask how it is answered. */
export function findSupplierReturns(ctx: TenantContext, query: SupplierReturnsQuery) {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const find = supplierReturnModel(ctx)
    .find({ ...(query.show === 'open' ? { isOpen: true } : {}), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** What went back to suppliers, newest first; 25 a page. */
export async function listSupplierReturns(ctx: TenantContext, query: SupplierReturnsQuery) {
  const { page, find } = findSupplierReturns(ctx, query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  return { returns: rows.map(toSupplierReturn), before, after };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getSupplierReturn(ctx: TenantContext, returnId: string): Promise<SupplierReturn> {
  const row = await supplierReturnModel(ctx).findById(objectId(returnId, 'return')).lean();
  if (!row) throw notFoundError('return');
  return toSupplierReturn(row);
}

/** The find behind the invoices of a supplier, newest first. */
export const findInvoicesOf = (ctx: TenantContext, supplierId: string) =>
  goodsReceiptModel(ctx)
    .find({ supplierId: objectId(supplierId, 'supplier') })
    .limit(MOST_RECEIPTS)
    .select('lines.batchId');

/**
 * Lots that came from a supplier and of which something is here, the first to expire first: those that have
 * expired or will soon, are held or stand in quarantine are proposed.
 */
export async function listReturnableLots(ctx: TenantContext, supplierId: string) {
  const [receipts, stores] = await Promise.all([findInvoicesOf(ctx, supplierId).lean(), listStores(ctx)]);
  const ids = [...new Set(receipts.flatMap(({ lines }) => lines.map(({ batchId }) => batchId.toString())))];
  const batches = (
    await batchModel(ctx)
      .find({ _id: op({ $in: ids.map((one) => objectId(one, 'lot')) }) })
      .lean()
  )
    .filter(({ quantity, quarantine }) => quantity + (quarantine ?? 0) > 0)
    .sort((a, b) => a.expiresOn.localeCompare(b.expiresOn))
    .slice(0, MOST_LOTS);
  const medicines = await medicineModel(ctx)
    .find({ _id: op({ $in: batches.map(({ medicineId }) => medicineId) }) })
    .select('name strength unit')
    .lean();
  const soon = shiftDay(today(ctx.timeZone), EXPIRY_NOTICE_DAYS);
  const named = ({ storeId, quantity }: { storeId: string; quantity: number }) => ({
    ...{ storeId, quantity },
    storeName: stores.length > 1 ? (stores.find(({ id }) => id === storeId)?.name ?? '') : '',
  });
  return batches.map((batch) => {
    const medicine = medicines.find(({ _id }) => _id.equals(batch.medicineId));
    return {
      batchId: batch._id.toString(),
      name: [medicine?.name, medicine?.strength].filter(Boolean).join(' '),
      unit: medicine?.unit ?? '',
      lotNumber: batch.lotNumber,
      expiresOn: batch.expiresOn,
      quantity: batch.quantity,
      quarantine: batch.quarantine ?? 0,
      quarantines: quarantinesOf(batch).map(named),
      transit: batch.transit ?? 0,
      shelves: storesOf(batch).map(named),
      valueMinor: batch.valueMinor ?? null,
      isHeld: Boolean(batch.hold),
      isProposed: batch.expiresOn <= soon || Boolean(batch.hold) || (batch.quarantine ?? 0) > 0,
    };
  });
}
export type ReturnableLot = Awaited<ReturnType<typeof listReturnableLots>>[number];

/** The find behind the credit notes of a supplier in some days: of goods by the day on which these went. */
export const findCreditNotes = (
  ctx: TenantContext,
  supplierId: string,
  { from, to }: { from: Day; to: Day },
) =>
  supplierReturnModel(ctx)
    .find({
      ...{ supplierId: objectId(supplierId, 'supplier'), state: 'credited' as const },
      day: op({ $gte: from, $lte: to }),
    })
    .select('creditNote day lines.medicineId');
