import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { billedByHand, serviceCharge } from '@/features/cashier/bills/service';
import { sourceKey } from '@/features/cashier/charges/policy';
import { isCharged } from '@/features/cashier/charges/queries';
import { addCharges, voidCharges } from '@/features/cashier/charges/service';
import { findServices } from '@/features/cashier/price-list/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { type AskedOrder, type OrderRow, toAskedOrder } from './dto';
import { orderModel } from './model';
import { piecesOf, URGENT_FIRST, type WantedOrder } from './policy';
import type { CompleteOrderInput, ReopenOrderInput } from './schema';

type Asking = {
  visitId: Types.ObjectId;
  patientId: Types.ObjectId;
  patient: { name: string; number: string };
  branchId?: Types.ObjectId;
  doctorId?: Types.ObjectId | null | undefined;
  doctorName?: string | null | undefined;
  day: Day;
  at: Date;
};

const keyOf = ({ kind, what, side }: WantedOrder): string =>
  revisionOf({ kind, what: what.trim().toLowerCase(), side });

/**
 * Keeps what is to be done in step with what an examination asks for, in the transaction of its save. What is
 * asked for no longer is revoked; what was done stays done.
 */
export async function syncOrders(
  ctx: TenantContext,
  { doctorId, doctorName, patient, ...asking }: Asking,
  orders: readonly WantedOrder[],
  session: ClientSession,
): Promise<void> {
  const { visitId } = asking;
  const model = orderModel(ctx);
  const wanted = new Map(orders.map((order) => [keyOf(order), order]));
  const known = await model.find({ visitId }).session(session).lean();
  for (const { _id, key, status, urgency } of known) {
    const order = wanted.get(key);
    const next = status === 'completed' ? status : order ? 'requested' : 'revoked';
    const word = order?.urgency ?? urgency;
    const set = { isAsked: Boolean(order), status: next, urgency: word, rank: URGENT_FIRST[word] };
    await model.updateOne({ _id }, { $set: set }, { session });
    wanted.delete(key);
  }
  const rows = [...wanted].map(([key, order]) => ({
    ...asking,
    ...order,
    key,
    patient: { name: patient.name, number: patient.number },
    ...(doctorId ? { doctorId } : {}),
    ...(doctorName ? { doctorName } : {}),
    rank: URGENT_FIRST[order.urgency],
    status: 'requested' as const,
    isAsked: true,
  }));
  if (rows.length > 0) await model.create(rows, { session, ordered: true });
}

/**
 * Says that a test or a procedure was done, now and by who says so, and charges it at the price of this day.
 * What was charged when it was asked for is not charged again.
 * @throws AppError NOT_FOUND, CONFLICT when it was done or taken out meanwhile.
 */
export async function completeOrder(
  ctx: TenantContext,
  { orderId }: CompleteOrderInput,
  now = new Date(),
): Promise<AskedOrder> {
  const _id = objectId(orderId, 'order');
  return auditedWrite(ctx, async (session) => {
    const before = await orderModel(ctx)
      .findOneAndUpdate({ _id, status: 'requested' }, { $set: { status: 'completed' } }, { session })
      .lean();
    if (!before) throw await movedOn(ctx, _id, session);
    const { isPriced, chargeKey, billNumber } = await chargeDone(ctx, before, now, session);
    const done = {
      ...{ doneAt: now, doneByName: ctx.actor.name, isPriced },
      ...(chargeKey ? { chargeKey } : {}),
      ...(billNumber ? { billNumber } : {}),
    };
    const row = await orderModel(ctx)
      .findOneAndUpdate({ _id }, { $set: done }, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    noteChange(ctx, { status: 'requested' }, { status: 'completed' }, ['status']);
    return toAskedOrder(row);
  });
}

/** The charge of what was done; its key only where doing it made it. */
async function chargeDone(
  ctx: TenantContext,
  row: OrderRow,
  at: Date,
  session: ClientSession,
): Promise<{ isPriced: boolean; chargeKey?: string; billNumber?: string }> {
  const { visitId, patientId, patient, doctorId, doctorName, what, code, kind, side } = row;
  const day = today(ctx.timeZone, at);
  const services = await findServices(
    ctx,
    { day, codes: [code], names: [what.trim().toLowerCase()] },
    session,
  );
  const service = services.find(({ price }) => price);
  if (!service) return { isPriced: false };
  // A test has the key that its signature gives it, so that either comes first and it is one charge.
  const key =
    kind === 'procedure'
      ? sourceKey.procedure(row._id.toString())
      : sourceKey.order(visitId.toString(), service.code);
  if (await isCharged(ctx, key, session)) return { isPriced: true };
  const byHand = await billedByHand(ctx, { visitId, serviceId: service.id }, session);
  const quantity = piecesOf({ kind, side });
  const charge = {
    ...serviceCharge(service),
    ...{ byHand, quantity },
    source: kind === 'procedure' ? ('procedure' as const) : ('order' as const),
    sourceKey: key,
  };
  await addCharges(ctx, { patientId, patient, visitId, doctorId, doctorName, day, at }, [charge], session);
  // Of what that bill has in part, the rest is to be billed: it is on no bill yet.
  const isWhole = byHand !== null && byHand.quantity >= quantity;
  return { isPriced: true, chargeKey: key, ...(isWhole ? { billNumber: byHand.number } : {}) };
}

/**
 * Says that it was not done after all: the charge that it made is void, or to be credited.
 * @throws AppError NOT_FOUND, CONFLICT when it is not done.
 */
export async function reopenOrder(
  ctx: TenantContext,
  { orderId, reason }: ReopenOrderInput,
): Promise<AskedOrder> {
  const _id = objectId(orderId, 'order');
  return auditedWrite(ctx, async (session) => {
    const before = await orderModel(ctx)
      .findOneAndUpdate({ _id, status: 'completed' }, { $set: { status: 'requested' } }, { session })
      .lean();
    if (!before) throw await movedOn(ctx, _id, session);
    if (before.chargeKey) await voidCharges(ctx, [before.chargeKey], session);
    const status = before.isAsked ? ('requested' as const) : ('revoked' as const);
    const row = await orderModel(ctx)
      .findOneAndUpdate(
        { _id },
        {
          $set: { status, undoneReason: reason },
          $unset: { doneAt: '', doneByName: '', chargeKey: '', isPriced: '', billNumber: '' },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange(ctx, { status: 'completed' }, { status }, ['status']);
    return toAskedOrder(row);
  });
}

async function movedOn(ctx: TenantContext, _id: Types.ObjectId, session: ClientSession): Promise<AppError> {
  const row = await orderModel(ctx).findById(_id).session(session).lean();
  if (!row) return notFoundError('order');
  const sentence =
    row.status === 'completed'
      ? `${row.doneByName} has said already that it was done.`
      : row.status === 'revoked'
        ? 'It is asked for no longer.'
        : 'It is not done yet.';
  return new AppError('CONFLICT', sentence);
}
