import 'server-only';
import { auditedMasterWrite, withEntry } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, isAppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { onlineAccountModel } from '../../online-accounts/model';
import { requireOnlineAccount } from '../../online-accounts/queries';
import { forgetEndpoint } from '../../online-accounts/service';
import { findAskedRefunds } from '../../online-refunds/queries';
import { findAllOpenLinks } from '../queries';
import { closeRow } from './close-row';
import { followLink } from './follow-link';

/**
 * Takes the account off: its links are ended first, so that nobody pays where nobody looks any more, and its
 * endpoint and its key are gone afterwards. Receipts and refunds stay.
 * @throws AppError CONFLICT while a payment is under way or a refund is not at its end; UNAVAILABLE while the
 * provider does not answer.
 */
export async function removeAccount(ctx: TenantContext): Promise<void> {
  const account = await requireOnlineAccount(ctx);
  for (const link of await findAllOpenLinks(ctx).lean()) {
    const after = await ended(withEntry(ctx, 'payment-link.follow'), link);
    if (after === 'processing' || after === 'unclear')
      throw new AppError(
        'CONFLICT',
        `A payment of bill ${link.billNumber} is not settled yet. Look at it under Online payments first.`,
      );
  }
  if ((await findAskedRefunds(ctx).limit(1).lean()).length > 0)
    throw new AppError('CONFLICT', 'A refund is under way in this account. Take it off once that is done.');
  await auditedMasterWrite(ctx, async (session) => {
    await onlineAccountModel.deleteOne({ _id: objectId(ctx.organizationId) }, { session });
    const { accountId, keyEnding } = account.row;
    noteChange<Record<string, unknown>>(ctx, { accountId, keyEnding }, null, ['accountId', 'keyEnding']);
  });
  await forgetEndpoint(account);
}

/** A key that the owner has taken back at the provider opens nothing: then there is nobody to ask. */
async function ended(ctx: TenantContext, link: Parameters<typeof closeRow>[1]): Promise<string | undefined> {
  try {
    return (await followLink(ctx, link._id, { endsAs: 'account' }))?.state;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'CONFLICT') throw error;
    return (await closeRow(ctx, link, { state: 'ended', endReason: 'account' })).state;
  }
}
