import 'server-only';
import type { UpdateQuery } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { billModel } from '../../bills/model';
import type { PaymentLinkRow } from '../dto';
import { paymentLinkModel } from '../model';
import type { EndReason, LinkState } from '../policy';

type End = { state: Extract<LinkState, 'ended' | 'expired'>; endReason?: EndReason };

/**
 * Ends a link by which nobody can pay any more, and lets its bill have another. Nothing where it has been
 * paid meanwhile.
 */
export async function closeRow(
  ctx: TenantContext,
  { _id, billId }: Pick<PaymentLinkRow, '_id' | 'billId'>,
  { state, endReason }: End,
): Promise<PaymentLinkRow> {
  const end: UpdateQuery<PaymentLinkRow> = {
    $set: {
      ...{ state, endedAt: new Date() },
      ...(endReason ? { endReason } : {}),
      ...(state === 'ended' ? { endedByName: ctx.actor.name } : {}),
    },
    $unset: { isOpen: '', problem: '' },
  };
  await auditedWrite(ctx, async (session) => {
    const before = await paymentLinkModel(ctx)
      .findOneAndUpdate({ _id, isOpen: true, state: op({ $ne: 'paid' as const }) }, end, { session })
      .lean();
    await billModel(ctx).updateOne({ _id: billId, linkId: _id }, { $unset: { linkId: '' } }, { session });
    ctx.audit?.about(`bill:${billId}`);
    if (before)
      noteChange<Record<string, unknown>>(ctx, { state: before.state }, { state, endReason }, [
        'state',
        'endReason',
      ]);
  });
  return paymentLinkModel(ctx).findById(_id).orFail().lean();
}
