import 'server-only';
import type { Types } from 'mongoose';
import { auditedWrite, withEntry } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, isAppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { billModel } from '../../bills/model';
import { isWalkIn } from '../../charges/policy';
import { requireOnlineAccount } from '../../online-accounts/queries';
import type { PaymentLink, PaymentLinkRow } from '../dto';
import { paymentLinkModel } from '../model';
import { LINK_HOURS } from '../policy';
import type { MakeLinkInput } from '../schema';
import { closeRow } from './close-row';
import { followLink } from './follow-link';
import { openLink } from './open-link';

/**
 * Makes a link by which the patient pays what is due of a bill now. One at a time: the one before is ended,
 * and where it has been paid meanwhile there is no other.
 * @throws AppError NOT_FOUND; CONFLICT without an account, where nothing is due, or for somebody who is no
 * patient; UNAVAILABLE or TOO_MANY_REQUESTS while the provider does not answer.
 */
export async function makeLink(ctx: TenantContext, { billId }: MakeLinkInput): Promise<PaymentLink> {
  const account = await requireOnlineAccount(ctx);
  const bill = await billModel(ctx).findById(objectId(billId, 'bill')).lean();
  if (bill?.kind !== 'bill') throw notFoundError('bill');
  // What is paid too much is kept for a patient, and this person is none.
  if (isWalkIn(bill.patient.number))
    throw new AppError('CONFLICT', 'Payment links are for patients of the hospital.');
  if (bill.linkId) await endBefore(ctx, bill.linkId);
  const row = await placeLink(ctx, bill._id, account.row.accountId ?? null);
  try {
    return await openLink(ctx, row, account);
  } catch (error) {
    // What the provider has refused for good is ended; what it has not answered is followed by regular work.
    if (isAppError(error) && error.code === 'CONFLICT')
      await closeRow(withEntry(ctx, 'payment-link.follow'), row, { state: 'ended', endReason: 'refused' });
    throw error;
  }
}

/** @throws AppError CONFLICT where the link before has been paid, or may have been. */
async function endBefore(ctx: TenantContext, linkId: Types.ObjectId): Promise<void> {
  const after = await followLink(withEntry(ctx, 'payment-link.follow'), linkId, { endsAs: 'changed' });
  if (after && ['paid', 'processing', 'unclear'].includes(after.state))
    throw new AppError(
      'CONFLICT',
      after.state === 'paid'
        ? 'This bill has been paid by its link meanwhile. Load the page again.'
        : 'A payment by the link before is under way. Wait for it, or look at it under Online payments.',
    );
}

/** Stores the link, as the only one of its bill, before the provider hears of it. */
async function placeLink(
  ctx: TenantContext,
  billId: Types.ObjectId,
  accountId: string | null,
): Promise<PaymentLinkRow> {
  const _id = newObjectId();
  await auditedWrite(ctx, async (session) => {
    const bill = await billModel(ctx)
      .findOneAndUpdate(
        { _id: billId, dueMinor: op({ $gt: 0 }), linkId: op({ $exists: false }) },
        { $set: { linkId: _id } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!bill)
      throw new AppError('CONFLICT', 'Nothing is due on this bill, or a link is being made for it already.');
    const link = {
      ...{ _id, billId, billNumber: bill.number, patientId: bill.patientId },
      patient: { name: bill.patient.name, number: bill.patient.number },
      ...{ amountMinor: bill.dueMinor, currency: bill.currency },
      ...{ state: 'making' as const, isOpen: true, madeByName: ctx.actor.name },
      expiresAt: new Date(Date.now() + LINK_HOURS * 3_600_000),
      ...(accountId ? { accountId } : {}),
      ...(bill.branchId ? { branchId: bill.branchId } : {}),
    };
    await paymentLinkModel(ctx).create([link], { session });
    ctx.audit?.about(`bill:${billId}`);
    noteChange<Record<string, unknown>>(ctx, null, link, ['billNumber', 'amountMinor']);
  });
  return paymentLinkModel(ctx).findById(_id).orFail().lean();
}
