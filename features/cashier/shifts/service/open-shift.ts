import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import type { Currency } from '@/lib/currency';
import { AppError, duplicateKey } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { minorIn } from '../../bill-settings/service';
import { type Shift, toShift } from '../dto';
import { openShiftModel, shiftModel } from '../model';
import { coinProblem } from '../policy';
import { actorIdOf } from '../queries';
import type { OpenShiftInput } from '../schema';

function floatIn(currency: Currency, typed: string): number {
  const floatMinor = minorIn(currency.code, typed, 'float');
  const odd = coinProblem(floatMinor, currency);
  if (odd) throw new AppError('INVALID_INPUT', odd, { field: 'float' });
  return floatMinor;
}

/**
 * Opens one's own shift with the cash that lies in the drawer.
 * @throws AppError CONFLICT while one is open; INVALID_INPUT for an amount that no coins make.
 */
export async function openShift(ctx: TenantContext, { float }: OpenShiftInput): Promise<Shift> {
  const cashierId = actorIdOf(ctx);
  const { currency } = await getBillSettings(ctx);
  const row = {
    _id: newObjectId(),
    cashierId,
    cashierName: ctx.actor.name,
    ...storedAt(ctx.branch),
    status: 'open' as const,
    floatMinor: floatIn(currency, float),
    totals: { cash: 0, card: 0, upi: 0, transfer: 0, cheque: 0 },
    receipts: 0,
  };
  try {
    return await auditedWrite(ctx, async (session) => {
      const openedAt = new Date();
      await openShiftModel(ctx).create([{ _id: cashierId, shiftId: row._id }], { session });
      const dated = { ...row, openedAt, day: today(ctx.timeZone, openedAt) };
      await shiftModel(ctx).create([dated], { session });
      ctx.audit?.about(`shift:${row._id}`);
      return toShift(await shiftModel(ctx).findById(row._id).session(session).orFail().lean());
    });
  } catch (error) {
    if (duplicateKey(error)) throw new AppError('CONFLICT', 'Your shift is open already.');
    throw error;
  }
}
