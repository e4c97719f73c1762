import 'server-only';
import { asOrganization, outcomeOf } from '@/lib/actions/organization';
import { masterTransaction } from '@/lib/master/connection';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { done, type Outcome } from '@/lib/work/outcome';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { findAccountAt } from '../../online-accounts/queries';
import { onlineRefundModel } from '../../online-refunds/model';
import { followRefund } from '../../online-refunds/service';
import { paymentEventModel, paymentLinkModel } from '../model';
import { followLink } from './follow-link';

export type EventAnswer = 'received' | 'known' | 'no-address' | 'bad-signature';

/**
 * Takes what a provider tells at a hospital's own address: the signature is checked with that hospital's
 * secret, and the event and its work are stored together; then the provider may be answered.
 * @throws AppError TOO_MANY_REQUESTS; and what a database throws, so that the provider sends it again.
 */
export async function receiveEvent(address: string, body: Buffer, signature: string): Promise<EventAnswer> {
  const account = await findAccountAt(address);
  if (!account) return 'no-address';
  const { organizationId, provider, secret } = account;
  await takePoint('payment-events.organization', organizationId);
  let told: ReturnType<typeof provider.readEvent>;
  try {
    told = provider.readEvent(body, signature, secret);
  } catch {
    return 'bad-signature';
  }
  const { eventId, type, kind, id } = told;
  const _id = `${organizationId}:${eventId}`;
  const isRelevant = kind !== 'other' && id !== '';
  const isNew = await masterTransaction(async (session) => {
    const seen = await paymentEventModel.updateOne({ _id }, { $inc: { deliveries: 1 } }, { session });
    if (seen.matchedCount > 0) return false;
    const row = {
      ...{ _id, type, kind, about: id, receivedAt: new Date() },
      organizationId: objectId(organizationId),
      outcome: isRelevant ? ('received' as const) : ('ignored' as const),
    };
    await paymentEventModel.create([row], { session });
    if (isRelevant) await enqueue('payment-links.event', _id, {}, { session });
    return true;
  });
  if (isNew) wakeWorker();
  return isNew ? 'received' : 'known';
}

/**
 * The work behind an event: of it only the name of the link or the refund is used, and the provider is asked
 * what is true. Throws on failure, so that the worker tries again; the ledger keeps the reason.
 */
export async function processEvent(_id: string): Promise<Outcome> {
  const row = await paymentEventModel.findOneAndUpdate({ _id }, { $inc: { attempts: 1 } }).lean();
  if (!row) return done;
  const { kind, about = '' } = row;
  try {
    const turned = await asOrganization(
      row.organizationId.toString(),
      { name: 'Online payments', audit: kind === 'refund' ? 'online-refund.follow' : 'payment-link.follow' },
      async (ctx): Promise<boolean> => {
        if (kind === 'refund') {
          const refund = await onlineRefundModel(ctx).findOne({ refundId: about }).select('_id').lean();
          return refund ? Boolean(await followRefund(ctx, refund._id)) : false;
        }
        const link = await paymentLinkModel(ctx).findOne({ providerId: about }).select('_id').lean();
        return link ? Boolean(await followLink(ctx, link._id, { isTold: true })) : false;
      },
    );
    if (turned.outcome === 'later') return outcomeOf(turned);
    // Another product's payment in the same account, or one that we asked for and have not stored yet: that
    // one is found by the regular look.
    const isOurs = turned.outcome === 'done' && turned.result;
    await paymentEventModel.updateOne(
      { _id },
      {
        $set: { outcome: isOurs ? 'processed' : 'ignored', processedAt: new Date() },
        $unset: { error: '' },
      },
    );
    return done;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await paymentEventModel.updateOne({ _id }, { $set: { outcome: 'failed', error: message.slice(0, 500) } });
    throw error;
  }
}
