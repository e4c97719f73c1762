import 'server-only';
import type { ClientSession } from 'mongoose';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import { listedHere } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, dayOf } from '@/lib/time';
import { type AskedOrder, type OrderRow, toAskedOrder } from './dto';
import { orderModel } from './model';
import type { OrderListQuery } from './schema';

const PAGE_SIZE = 25;

/** What a visit asks for and what of it was done, in the order of its asking; not what was taken out. */
export async function listOrdersOfVisit(ctx: TenantContext, visitId: string): Promise<AskedOrder[]> {
  const rows = await orderModel(ctx)
    .find({ visitId: objectId(visitId, 'visit'), status: op({ $in: ['requested', 'completed'] as const }) })
    .lean();
  return rows.sort((a, b) => a.at.getTime() - b.at.getTime()).map(toAskedOrder);
}

/** The find behind what was done at some visits. */
export const findDoneProcedures = (ctx: TenantContext, visitIds: readonly string[]) =>
  orderModel(ctx).find({
    visitId: op({ $in: visitIds.map((id) => objectId(id, 'visit')) }),
    kind: 'procedure',
    status: 'completed',
  });

/** Injections and operations that were advised at these visits and done, in the order of their days. */
export async function listDoneProcedures(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<{ day: Day; what: string; side: AskedOrder['side'] }[]> {
  const rows = await findDoneProcedures(ctx, visitIds).lean();
  return rows
    .flatMap(({ doneAt, what, side }) => (doneAt ? [{ day: dayOf(doneAt, ctx.timeZone), what, side }] : []))
    .sort((a, b) => a.day.localeCompare(b.day));
}
export type DoneProcedure = Awaited<ReturnType<typeof listDoneProcedures>>[number];

/** The charges of a visit that stand for something done, whatever the examination says by now. */
export async function readDoneCharges(
  ctx: TenantContext,
  visitId: string,
  session: ClientSession,
): Promise<Set<string>> {
  const rows = await orderModel(ctx)
    .find({ visitId: objectId(visitId, 'visit'), status: 'completed' })
    .select('chargeKey')
    .session(session)
    .lean();
  return new Set(rows.flatMap(({ chargeKey }) => chargeKey ?? []));
}

export type OrderPage = { orders: AskedOrder[]; after: string | null; before: string | null };

const toDoOrder = (query: OrderListQuery) =>
  keyset(
    {
      by: [
        ['rank', 'number'],
        ['at', 'date'],
        ['_id', 'object-id'],
      ],
      direction: 1,
    },
    query,
    PAGE_SIZE,
  );
const doneOrder = (query: OrderListQuery) =>
  keyset({ field: 'doneAt', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);

/** The find behind a page of the worklist. */
export function findOrders(ctx: TenantContext, query: OrderListQuery) {
  const page = query.show === 'completed' ? doneOrder(query) : toDoOrder(query);
  const wanted =
    query.show === 'completed'
      ? { status: 'completed' as const }
      : {
          status: 'requested' as const,
          kind: query.show === 'tests' ? ('investigation' as const) : ('procedure' as const),
        };
  return orderModel(ctx)
    .find(page.start ? { $and: [wanted, page.filter, listedHere(ctx)] } : { ...wanted, ...listedHere(ctx) })
    .sort(page.sort)
    .limit(page.limit);
}

/** A page of the worklist: urgent ones first and then the oldest; what was done, the newest first. */
export async function listOrders(ctx: TenantContext, query: OrderListQuery): Promise<OrderPage> {
  const rows: OrderRow[] = await findOrders(ctx, query).lean();
  const shown =
    query.show === 'completed'
      ? doneOrder(query).toPage(rows, (row) => [row.doneAt?.toISOString() ?? '', row._id.toString()])
      : toDoOrder(query).toPage(rows, (row) => [String(row.rank), row.at.toISOString(), row._id.toString()]);
  return { orders: shown.rows.map(toAskedOrder), after: shown.after, before: shown.before };
}
