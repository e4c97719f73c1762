import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import type { OpenAccount } from '../../online-accounts/queries';
import { type PaymentLink, type PaymentLinkRow, toPaymentLink } from '../dto';
import { paymentLinkModel } from '../model';
import { linkAddress } from '../token';

/** Asks the provider for its page, once however often this runs, and opens the link. */
export async function openLink(
  ctx: TenantContext,
  row: PaymentLinkRow,
  { provider }: OpenAccount,
): Promise<PaymentLink> {
  const { _id, billNumber, amountMinor, currency, expiresAt } = row;
  const id = _id.toString();
  const returnUrl = `${linkAddress(ctx.organizationId, id, expiresAt)}?back=1`;
  const { providerId, url } = await provider.open({
    id,
    billNumber,
    amountMinor,
    currency,
    expiresAt,
    returnUrl,
  });
  await paymentLinkModel(ctx).updateOne(
    { _id, state: 'making' },
    { $set: { state: 'open', providerId, url } },
  );
  return toPaymentLink(ctx, await paymentLinkModel(ctx).findById(_id).orFail().lean());
}
