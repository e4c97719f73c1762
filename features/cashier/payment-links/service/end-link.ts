import 'server-only';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PaymentLink, type PaymentLinkRow, toPaymentLink } from '../dto';
import { paymentLinkModel } from '../model';
import type { LinkInput } from '../schema';
import { closeRow } from './close-row';
import { followLink } from './follow-link';

const found = (ctx: TenantContext, row: PaymentLinkRow | null): PaymentLink => {
  if (!row) throw notFoundError('link');
  return toPaymentLink(ctx, row);
};

/** Asks the provider now what became of a link. @throws AppError NOT_FOUND, UNAVAILABLE. */
export async function lookAgain(ctx: TenantContext, { linkId }: LinkInput): Promise<PaymentLink> {
  return found(ctx, await followLink(ctx, objectId(linkId, 'link')));
}

/** Ends a link, so that nobody can pay by it. @throws AppError NOT_FOUND; CONFLICT where it has been paid. */
export async function endLink(ctx: TenantContext, { linkId }: LinkInput): Promise<PaymentLink> {
  const _id = objectId(linkId, 'link');
  const link = found(ctx, await followLink(ctx, _id, { endsAs: 'person' }));
  if (link.state === 'processing')
    throw new AppError('CONFLICT', 'A payment by this link is under way. Wait for it, then look again.');
  return link;
}

/**
 * Puts aside what was paid otherwise than asked for, once somebody has looked at the provider.
 * @throws AppError NOT_FOUND; CONFLICT where nothing is unclear.
 */
export async function setLinkAside(ctx: TenantContext, { linkId }: LinkInput): Promise<PaymentLink> {
  const row = await paymentLinkModel(ctx).findById(objectId(linkId, 'link')).lean();
  if (!row) throw notFoundError('link');
  if (row.state !== 'unclear') throw new AppError('CONFLICT', 'Nothing is unclear about this link any more.');
  return toPaymentLink(ctx, await closeRow(ctx, row, { state: 'ended', endReason: 'person' }));
}
