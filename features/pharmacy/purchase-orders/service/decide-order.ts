import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PurchaseOrder, type PurchaseOrderRow, toPurchaseOrder } from '../dto';
import { purchaseOrderModel } from '../model';
import type { ApproveOrderInput, EndOrderInput } from '../schema';
import { assertDraft } from './save-order';

/**
 * Approves a draft as it was read: goods may come against it. Who may approve does so with an own order too,
 * as with discounts and expenses; both names stand on it.
 * @throws AppError NOT_FOUND, CONFLICT.
 */
export const approveOrder = (
  ctx: TenantContext,
  input: ApproveOrderInput,
  now = new Date(),
): Promise<PurchaseOrder> =>
  decide(ctx, input, (before) => {
    assertDraft(before, input.version);
    return { status: 'approved', approvedByName: ctx.actor.name, approvedAt: now };
  });

/** Nobody wants it any more. @throws AppError NOT_FOUND, CONFLICT once something of it has come. */
export const cancelOrder = (
  ctx: TenantContext,
  input: EndOrderInput,
  now = new Date(),
): Promise<PurchaseOrder> =>
  decide(ctx, input, (before) => {
    assertOpen(before, input.version);
    if (before.lines.some(({ receivedPacks, receivedFree }) => receivedPacks + receivedFree > 0))
      throw new AppError(
        'CONFLICT',
        `Something of ${before.number} has come. Close it without the rest instead.`,
      );
    return { status: 'cancelled', ...endOf(ctx, input, now) };
  });

/** The rest is not waited for any more. @throws AppError NOT_FOUND, CONFLICT where nothing has come. */
export const closeOrder = (
  ctx: TenantContext,
  input: EndOrderInput,
  now = new Date(),
): Promise<PurchaseOrder> =>
  decide(ctx, input, (before) => {
    assertOpen(before, input.version);
    if (
      before.status !== 'approved' ||
      before.lines.every(({ receivedPacks, receivedFree }) => receivedPacks + receivedFree === 0)
    )
      throw new AppError('CONFLICT', `Nothing of ${before.number} has come. Cancel it instead.`);
    return { status: 'closed', ...endOf(ctx, input, now) };
  });

const endOf = (ctx: TenantContext, { reason }: EndOrderInput, now: Date) => ({
  endReason: reason,
  endedByName: ctx.actor.name,
  endedAt: now,
});

function assertOpen(order: PurchaseOrderRow, version: number): void {
  if (order.status !== 'draft' && order.status !== 'approved')
    throw new AppError('CONFLICT', `${order.number} is over already. Open it again.`);
  if (order.version !== version)
    throw new AppError('CONFLICT', `${order.number} has changed meanwhile. Open it again.`);
}

async function decide(
  ctx: TenantContext,
  { orderId }: ApproveOrderInput,
  change: (before: PurchaseOrderRow) => Partial<PurchaseOrderRow>,
): Promise<PurchaseOrder> {
  const _id = objectId(orderId, 'order');
  return auditedWrite(ctx, async (session) => {
    const before = await purchaseOrderModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('order');
    const row = await purchaseOrderModel(ctx)
      .findOneAndUpdate(
        { _id, version: before.version },
        { $set: change(before), $inc: { version: 1 } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    noteChange<Record<string, unknown>>(ctx, before, row, ['status', 'approvedByName', 'endReason']);
    return toPurchaseOrder(row);
  });
}
