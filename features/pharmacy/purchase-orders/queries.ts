import 'server-only';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PurchaseOrder, toPurchaseOrder } from './dto';
import { purchaseOrderModel } from './model';
import type { OrdersQuery } from './schema';

const PAGE_SIZE = 25;
/** More than are ever waited for at once. */
const MOST_OPEN = 500;

/** The find behind a page of the list; apart from it so that a test can ask how it is answered. */
export function findOrders(ctx: TenantContext, query: OrdersQuery) {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const find = purchaseOrderModel(ctx)
    .find({ ...(query.show === 'all' ? {} : { status: query.show }), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** Orders, newest first; 25 a page. */
export async function listOrders(ctx: TenantContext, query: OrdersQuery) {
  const { page, find } = findOrders(ctx, query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  return { orders: rows.map(toPurchaseOrder), before, after };
}

/** How many wait for goods, and how many for somebody to approve them. */
export async function countOrders(ctx: TenantContext): Promise<{ approved: number; draft: number }> {
  const [approved, draft] = await Promise.all([
    purchaseOrderModel(ctx).countDocuments({ status: 'approved' }),
    purchaseOrderModel(ctx).countDocuments({ status: 'draft' }),
  ]);
  return { approved, draft };
}

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getOrder(ctx: TenantContext, orderId: string): Promise<PurchaseOrder> {
  const row = await purchaseOrderModel(ctx).findById(objectId(orderId, 'order')).lean();
  if (!row) throw notFoundError('order');
  return toPurchaseOrder(row);
}

/** Pieces of each medicine that are ordered, approved and have not come. */
export async function piecesOnOrder(ctx: TenantContext): Promise<Map<string, number>> {
  const rows = await purchaseOrderModel(ctx)
    .find({ status: 'approved' })
    .sort({ at: -1, _id: -1 })
    .limit(MOST_OPEN)
    .lean();
  const pieces = new Map<string, number>();
  for (const { lines } of rows.map(toPurchaseOrder))
    for (const line of lines) {
      const open = (line.openPacks + line.openFree) * line.unitsPerPack;
      pieces.set(line.medicineId, (pieces.get(line.medicineId) ?? 0) + open);
    }
  return pieces;
}
