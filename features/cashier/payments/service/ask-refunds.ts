import 'server-only';
import type { Types } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { askToFollowLink } from '../../online-accounts/follow';
import { askOnlineRefunds, followOnlineRefunds } from '../../online-refunds/service';
import type { MoneyScope, ReceiptDraft } from './write-receipt';

type Id = Types.ObjectId;

/** What goes back by a provider is asked for in the transaction of its voucher, and followed afterwards. */
export async function askRefunds(
  ctx: TenantContext,
  { _id: receiptId, number: receiptNumber, day, currency, tenders, patient }: ReceiptDraft & RefundVoucher,
  { session, at, afterwards }: MoneyScope,
): Promise<void> {
  const back = tenders.filter(({ method, amountMinor }) => method === 'online' && amountMinor < 0);
  if (back.length === 0) return;
  const parts = back.map(({ amountMinor, reference = '' }) => ({
    amountMinor: 0 - amountMinor,
    paymentId: reference,
  }));
  const voucher = { receiptId, receiptNumber, day, at, currency, patient };
  const ids = await askOnlineRefunds(ctx, voucher, parts, session);
  afterwards.push(() => followOnlineRefunds(ctx, ids));
}

type RefundVoucher = { _id: Id; number: string; day: Day; currency: string };

/** A link of a bill that has changed asks for too much, or for nothing: it is ended where that is known. */
export function lookAtLink(
  { organizationId }: TenantContext,
  { linkId }: { linkId?: Id | null | undefined },
  { afterwards }: MoneyScope,
): void {
  if (linkId) afterwards.push(() => askToFollowLink(organizationId, linkId.toString()));
}
