import 'server-only';
import type { ClientSession } from 'mongoose';
import { billedByHand, serviceCharge } from '@/features/cashier/bills/service';
import { sourceKey } from '@/features/cashier/charges/policy';
import { listChargesOfVisit } from '@/features/cashier/charges/queries';
import { addCharges, voidCharges } from '@/features/cashier/charges/service';
import { findServices } from '@/features/cashier/price-list/queries';
import { visitModel } from '@/features/frontdesk/queue/model';
import { readDoneCharges } from '@/features/record/orders/queries';
import { syncOrders } from '@/features/record/orders/service';
import { notFoundError } from '@/lib/errors';
import { lookup } from '@/lib/lookup';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { ORDER_CODES, type Order } from './orders';

/** The words of an order as a name on the price list has them. */
const plain = (text: string): string => text.trim().toLowerCase();

/**
 * The tests that a signed examination asks for are to be billed, where the price list has them; one that is
 * taken out again is void, or to be credited. Each test once a visit, however many eyes and lines it has.
 */
export async function chargeOrders(
  ctx: TenantContext,
  { visitId, orders, at }: { visitId: string; orders: readonly Order[]; at: Date },
  session: ClientSession,
): Promise<void> {
  const wanted = orders.filter(({ kind }) => kind === 'investigation').map(({ what }) => what);
  const known = await listChargesOfVisit(ctx, visitId, 'order', session);
  if (wanted.length === 0 && known.length === 0) return;
  const _id = objectId(visitId, 'visit');
  const visit = await visitModel(ctx)
    .findById(_id)
    .select('patientId patient doctorId doctorName')
    .session(session)
    .lean();
  if (!visit) throw notFoundError('visit');
  const day = today(ctx.timeZone, at);
  const codes = wanted.map((what) => lookup(ORDER_CODES, what) ?? what.trim().toUpperCase());
  const services = await findServices(ctx, { day, codes, names: wanted.map(plain) }, session);
  const priced = services.filter(({ price }) => price);
  const charges = [];
  // One after the other: a transaction takes one question at a time.
  for (const service of priced)
    charges.push({
      ...serviceCharge(service),
      ...{ source: 'order' as const, sourceKey: sourceKey.order(visitId, service.code) },
      byHand: await billedByHand(ctx, { visitId: _id, serviceId: service.id }, session),
    });
  const { patientId, patient, doctorId, doctorName } = visit;
  const to = { patientId, patient, visitId: _id, doctorId, doctorName, day, at };
  await addCharges(ctx, to, charges, session);
  const done = await readDoneCharges(ctx, visitId, session);
  const asked = new Set(services.map(({ code }) => sourceKey.order(visitId, code)));
  const gone = known.filter(({ key }) => !asked.has(key) && !done.has(key)).map(({ key }) => key);
  if (gone.length > 0) await voidCharges(ctx, gone, session);
}

/** What an examination asks for is on the list of what is to be done, signed or not. */
export async function askOrders(
  ctx: TenantContext,
  { visitId, orders, at }: { visitId: string; orders: readonly Order[]; at: Date },
  session: ClientSession,
): Promise<void> {
  const _id = objectId(visitId, 'visit');
  const visit = await visitModel(ctx)
    .findById(_id)
    .select('patientId patient branchId doctorId doctorName')
    .session(session)
    .lean();
  if (!visit) throw notFoundError('visit');
  const { patientId, patient, branchId, doctorId, doctorName } = visit;
  const wanted = orders.map(({ kind, what, side, urgency }) => ({
    ...{ kind, what, side, urgency },
    code: lookup(ORDER_CODES, what) ?? what.trim().toUpperCase(),
  }));
  const day = today(ctx.timeZone, at);
  const asking = { visitId: _id, patientId, patient, doctorId, doctorName, day, at };
  await syncOrders(ctx, { ...asking, ...(branchId ? { branchId } : {}) }, wanted, session);
}
