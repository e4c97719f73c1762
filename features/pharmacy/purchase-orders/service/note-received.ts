import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { purchaseOrderModel } from '../model';
import { isComplete, lineOfCame } from '../policy';

type Came = { medicineId: string; unitsPerPack: number; packs: number; freePacks: number };

/**
 * Notes on an order what has come of it, in the transaction of the goods; with the last of it the order is
 * closed. @returns of each what came: the rate that was agreed; undefined without one, null where nobody has
 * ordered it.
 * @throws AppError NOT_FOUND, CONFLICT for an order that is not approved, or of another supplier.
 */
export async function noteReceived(
  ctx: TenantContext,
  session: ClientSession,
  { orderId, supplierId, came }: { orderId: string; supplierId: string; came: readonly Came[] },
): Promise<(number | null | undefined)[]> {
  const order = await purchaseOrderModel(ctx).findById(objectId(orderId, 'order')).session(session).lean();
  if (!order) throw notFoundError('order');
  if (order.status !== 'approved')
    throw new AppError('CONFLICT', `${order.number} is not open: goods come against approved orders only.`);
  if (order.supplierId.toString() !== supplierId)
    throw new AppError('CONFLICT', `${order.number} is of ${order.supplierName}.`, { field: 'supplierId' });
  const lines = order.lines.map((line) => ({ ...line, medicineId: line.medicineId.toString() }));
  const agreed = came.map((one) => {
    const line = lines[lineOfCame(lines, one)];
    if (!line) return null;
    line.receivedPacks += one.packs;
    line.receivedFree += one.freePacks;
    return line.rateMinor ?? undefined;
  });
  await purchaseOrderModel(ctx).updateOne(
    { _id: order._id },
    {
      $set: {
        ...Object.fromEntries(
          lines.flatMap(({ receivedPacks, receivedFree }, index) => [
            [`lines.${index}.receivedPacks`, receivedPacks],
            [`lines.${index}.receivedFree`, receivedFree],
          ]),
        ),
        ...(isComplete(lines) ? { status: 'closed' } : {}),
      },
      $inc: { version: 1 },
    },
    { session },
  );
  return agreed;
}
