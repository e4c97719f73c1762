import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { chargeModel } from '../../charges/model';
import { billModel } from '../model';

export type ByHand = { billId: Types.ObjectId; number: string; quantity: number };

/**
 * How many of a service a bill of the visit has that nobody had said to be done, and that no charge has been
 * recognized in yet: it is not billed again when it is done. Null where there is none.
 */
export async function billedByHand(
  ctx: TenantContext,
  { visitId, serviceId }: { visitId: Types.ObjectId; serviceId: string },
  session: ClientSession,
): Promise<ByHand | null> {
  const of = objectId(serviceId, 'service');
  const bills = await billModel(ctx).find({ visitId, kind: 'bill' }).sort({ at: 1 }).session(session).lean();
  const found = bills.flatMap(({ _id, number, lines }) => {
    const quantity = lines
      .filter((line) => !line.chargeId && line.serviceId?.equals(of))
      .reduce((sum, line) => sum + line.quantity - line.creditedQuantity, 0);
    return quantity > 0 ? [{ billId: _id, number, quantity }] : [];
  });
  const last = found.at(-1);
  if (!last) return null;
  const charges = await chargeModel(ctx)
    .find({ visitId, serviceId: of, status: op({ $ne: 'voided' as const }), byHandQuantity: op({ $gt: 0 }) })
    .session(session)
    .lean();
  const known = charges.reduce((sum, row) => sum + (row.byHandQuantity ?? 0), 0);
  const quantity = found.reduce((sum, one) => sum + one.quantity, 0) - known;
  return quantity > 0 ? { ...last, quantity } : null;
}
