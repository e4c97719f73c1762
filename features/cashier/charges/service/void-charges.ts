import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { putBackIntoPackage } from '../../packages/service';
import type { ChargeRow } from '../dto';
import { chargeModel } from '../model';
import { sourceKey } from '../policy';

type Id = Types.ObjectId;

/** The source is undone: what no bill has is void, what one has is to be credited, never silently. */
export async function voidCharges(
  ctx: TenantContext,
  sourceKeys: readonly string[],
  session: ClientSession,
): Promise<void> {
  const rows = await chargeModel(ctx)
    .find({ sourceKey: op({ $in: [...sourceKeys] }) })
    .session(session)
    .lean();
  for (const row of rows) await takeBack(ctx, row, row.quantity, session);
}

type Taken = Pick<ChargeRow, '_id' | 'status' | 'quantity' | 'toCreditQuantity' | 'packageId' | 'serviceId'>;

async function takeBack(
  ctx: TenantContext,
  { _id, status, quantity, toCreditQuantity, packageId, serviceId }: Taken,
  pieces: number,
  session: ClientSession,
): Promise<void> {
  if (status === 'included' && packageId && serviceId) {
    await putBackIntoPackage(ctx, { packageId, serviceId, quantity }, session);
    const set = {
      ...{ status: 'voided' as const, isVoidedBySource: true },
      ...{ voidedAt: new Date(), voidedByName: ctx.actor.name },
    };
    await chargeModel(ctx).updateOne(
      { _id },
      { $set: set, $unset: { packageId: '', billId: '' } },
      { session },
    );
    return;
  }
  const set =
    status === 'billed'
      ? { isToCredit: true, toCreditQuantity: Math.min(toCreditQuantity + pieces, quantity) }
      : status !== 'open'
        ? null
        : pieces < quantity
          ? { quantity: quantity - pieces }
          : {
              ...{ status: 'voided', isVoidedBySource: true },
              ...{ voidedAt: new Date(), voidedByName: ctx.actor.name },
            };
  if (set) await chargeModel(ctx).updateOne({ _id }, { $set: set }, { session });
}

/** Something that was dispensed came back: each piece at the price of the line that it was given for. */
export async function takeBackDispensed(
  ctx: TenantContext,
  { quantity, lineId, ...of }: { dispenseId: Id; lineId?: string | null; medicineId: Id; quantity: number },
  session: ClientSession,
): Promise<void> {
  const line = lineId ? { sourceKey: sourceKey.dispense(of.dispenseId.toString(), lineId) } : {};
  const rows = await chargeModel(ctx)
    .find({ ...of, ...line })
    .session(session)
    .lean();
  let left = quantity;
  for (const row of rows) {
    const pieces = Math.min(row.quantity - row.toCreditQuantity, left);
    if (pieces > 0) await takeBack(ctx, row, pieces, session);
    left -= pieces;
  }
}
