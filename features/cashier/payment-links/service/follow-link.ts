import 'server-only';
import type { Types } from 'mongoose';
import { isAppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { billModel } from '../../bills/model';
import type { Told } from '../../online-accounts/provider';
import { type OpenAccount, openOnlineAccount } from '../../online-accounts/queries';
import type { PaymentLinkRow } from '../dto';
import { paymentLinkModel } from '../model';
import type { EndReason } from '../policy';
import { closeRow } from './close-row';
import { openLink } from './open-link';
import { receivePayment } from './receive-payment';

type How = {
  /** Ends it for this reason, unless it has been paid. */
  endsAs?: EndReason;
  /** An event has named it: a link that has ended is asked about as well. */
  isTold?: boolean;
};

/**
 * Asks the provider what became of a link, and writes that: a payment is received, what nobody can pay by
 * any more is closed, and what asks for another amount than is due is ended. However often it runs, and
 * whatever was done before, it ends with what is true.
 * @throws while the provider cannot be reached, or its key opens nothing.
 */
export async function followLink(
  ctx: TenantContext,
  linkId: Types.ObjectId,
  { endsAs, isTold = false }: How = {},
): Promise<PaymentLinkRow | null> {
  const row = await paymentLinkModel(ctx).findById(linkId).lean();
  if (!row || row.state === 'paid' || (!row.isOpen && !isTold)) return row;
  const account = await openOnlineAccount(ctx);
  // Without the account nobody can be asked; what came in there is seen by its owner.
  if (!account) return row.isOpen ? closeRow(ctx, row, { state: 'ended', endReason: 'account' }) : row;
  const known = row.state === 'making' ? await made(ctx, row, account) : row;
  const { providerId } = known;
  if (!providerId) return known;
  const told = await account.provider.read(providerId);
  if (told.state !== 'open') return settle(ctx, known, told);
  const reason = endsAs ?? ((await isStale(ctx, known)) ? 'changed' : null);
  if (!reason) return known;
  await account.provider.close(providerId);
  // It may have been paid in the same moment: what is true is asked for once more.
  const after = await account.provider.read(providerId);
  return after.state === 'over'
    ? closeRow(ctx, known, { state: 'ended', endReason: reason })
    : settle(ctx, known, after);
}

/**
 * A link whose making was interrupted: the provider gives the page that it made, or makes it now. What it
 * refuses for good, such as one whose day is over by now, is ended: its bill would have no other.
 */
async function made(ctx: TenantContext, row: PaymentLinkRow, account: OpenAccount): Promise<PaymentLinkRow> {
  try {
    await openLink(ctx, row, account);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'CONFLICT') throw error;
    return closeRow(ctx, row, { state: 'ended', endReason: 'refused' });
  }
  return paymentLinkModel(ctx).findById(row._id).orFail().lean();
}

async function settle(ctx: TenantContext, row: PaymentLinkRow, told: Told): Promise<PaymentLinkRow | null> {
  if (told.state === 'paid') {
    const received = await receivePayment(ctx, row, told);
    return received === 'day-is-closed' ? paymentLinkModel(ctx).findById(row._id).lean() : received;
  }
  if (!row.isOpen) return row;
  if (told.state === 'over') return closeRow(ctx, row, { state: 'expired' });
  if (told.state === 'processing' && row.state !== 'processing')
    return paymentLinkModel(ctx)
      .findOneAndUpdate(
        { _id: row._id, isOpen: true },
        { $set: { state: 'processing' } },
        { returnDocument: 'after' },
      )
      .lean();
  return row;
}

/** Whether it asks for another amount than is due. */
async function isStale(ctx: TenantContext, { _id, billId, amountMinor }: PaymentLinkRow): Promise<boolean> {
  const bill = await billModel(ctx).findById(billId).select('dueMinor linkId').lean();
  return bill?.dueMinor !== amountMinor || !bill.linkId?.equals(_id);
}
