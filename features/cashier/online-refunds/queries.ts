import 'server-only';
import { objectId, op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type OnlineRefund, toOnlineRefund } from './dto';
import { onlineRefundModel } from './model';

const MOST = 100;

/**
 * The find behind what is not at its end, at all branches; apart from it so that a test can ask how it is
 * answered.
 */
export const findOpenRefunds = (ctx: Pick<TenantContext, 'db'>) =>
  onlineRefundModel(ctx).find({ isOpen: true }).sort({ at: 1, _id: 1 }).limit(MOST);

/** The find behind every refund that the provider has still to say something of. */
export const findAskedRefunds = (ctx: Pick<TenantContext, 'db'>) =>
  onlineRefundModel(ctx).find({ isOpen: true, state: 'asked' }).sort({ at: 1, _id: 1 }).select('_id');

/** Refunds of the own branch that the provider has not given back, the oldest first. At most 100. */
export async function listOpenRefunds(ctx: TenantContext): Promise<OnlineRefund[]> {
  return (await findOpenRefunds(ctx).where(hereOnly(ctx)).lean()).map(toOnlineRefund);
}

/** How many refunds of the own branch the provider has refused, which people look at. */
export const countFailedRefunds = (ctx: TenantContext): Promise<number> =>
  onlineRefundModel(ctx).countDocuments({ isOpen: true, state: 'failed', ...hereOnly(ctx) });

/** What goes back by these vouchers, whatever its state. */
export async function refundsOfReceipts(
  ctx: TenantContext,
  receiptIds: readonly string[],
): Promise<OnlineRefund[]> {
  if (receiptIds.length === 0) return [];
  const rows = await onlineRefundModel(ctx)
    .find({ receiptId: op({ $in: receiptIds.map((one) => objectId(one, 'receipt')) }) })
    .sort({ receiptId: 1, _id: 1 })
    .limit(MOST)
    .lean();
  return rows.map(toOnlineRefund);
}
