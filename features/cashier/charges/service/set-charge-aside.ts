import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Charge, toCharge } from '../dto';
import { chargeModel } from '../model';
import type { SetChargeAsideInput } from '../schema';

/**
 * Takes a charge off its worklist for good, with a reason: it will not be billed, or not be credited.
 * @throws AppError NOT_FOUND, CONFLICT when it is on none.
 */
export async function setChargeAside(ctx: TenantContext, input: SetChargeAsideInput): Promise<Charge> {
  const _id = objectId(input.chargeId, 'charge');
  return auditedWrite(ctx, async (session) => {
    const before = await chargeModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('charge');
    if (before.status !== 'open' && !before.isToCredit)
      throw new AppError('CONFLICT', `${before.name} has been billed or set aside meanwhile.`);
    const done = { voidReason: input.reason, voidedByName: ctx.actor.name, voidedAt: new Date() };
    const set = before.isToCredit
      ? { ...done, isToCredit: false, toCreditQuantity: 0 }
      : { ...done, status: 'voided' as const, isVoidedBySource: false };
    const row = await chargeModel(ctx)
      .findOneAndUpdate({ _id }, { $set: set }, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    const { name, status, quantity, unitMinor, isToCredit } = row;
    noteChange<Record<string, unknown>>(
      ctx,
      { status: before.status, isToCredit: before.isToCredit },
      { name, status, quantity, unitMinor, isToCredit },
      ['name', 'status', 'isToCredit', 'quantity', 'unitMinor'],
    );
    return toCharge(row);
  });
}
