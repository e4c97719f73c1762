import 'server-only';
import type { Currency } from '@/lib/currency';
import { isAppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { organizationFacts } from '@/lib/organizations/facts';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import { takePoint } from '@/lib/rate-limit/limiter';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { toBillSettings } from '../bill-settings/dto';
import { billSettingsModel } from '../bill-settings/model';
import { SETTINGS_ID } from '../bill-settings/queries';
import { askToFollowLink } from '../online-accounts/follow';
import { type PaymentLink, toPaymentLink } from './dto';
import { paymentLinkModel } from './model';
import type { LinkState } from './policy';
import { readLinkToken } from './token';

const MOST = 100;

/** The newest link of a bill, whatever became of it; null where there was none. */
export async function findLinkOfBill(ctx: TenantContext, billId: string): Promise<PaymentLink | null> {
  const row = await findLinksOfBill(ctx, billId).limit(1).lean();
  return row[0] ? toPaymentLink(ctx, row[0]) : null;
}

export const findLinksOfBill = (ctx: TenantContext, billId: string) =>
  paymentLinkModel(ctx)
    .find({ billId: objectId(billId, 'bill') })
    .sort({ _id: -1 });

/**
 * The find behind the links that something may come of, at all branches; apart from it so that a test can
 * explain it.
 */
export const findOpenLinks = (ctx: Pick<TenantContext, 'db'>) =>
  paymentLinkModel(ctx).find({ isOpen: true }).sort({ _id: 1 }).limit(MOST);

/** Every one of them, by what work needs to know of it: what nobody looks at is not found paid. */
export const findAllOpenLinks = (ctx: Pick<TenantContext, 'db'>) =>
  paymentLinkModel(ctx).find({ isOpen: true }).sort({ _id: 1 }).select('billId billNumber');

/** Links of the own branch that wait for a payment or for a person, the oldest first. At most 100. */
export async function listOpenLinks(ctx: TenantContext): Promise<PaymentLink[]> {
  return (await findOpenLinks(ctx).where(hereOnly(ctx)).lean()).map((row) => toPaymentLink(ctx, row));
}

/** As much of a link as its holder is shown: no name, and nothing of what was done. */
export type SharedLink = {
  hospital: string;
  billNumber: string;
  amountMinor: number;
  currency: Currency;
  state: LinkState;
  /** The provider's page; null once nothing can be paid by it. */
  url: string | null;
};

/** Whether this address has not had too much looked at; the page is shown all the same. */
async function mayAsk(ip: string): Promise<boolean> {
  try {
    await takePoint('public.address', ip);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

/**
 * What somebody with a link sees. Who comes back from the provider's page has it looked at at once.
 * @returns null for a link that is forged, too old, or of a hospital that is closed.
 */
export async function findSharedLink(
  token: string,
  { ip, isBack }: { ip: string; isBack: boolean },
  now = new Date(),
): Promise<SharedLink | null> {
  const place = readLinkToken(token, now);
  if (!place) return null;
  const { organizationId, linkId } = place;
  const organization = await organizationModel
    .findById(objectId(organizationId))
    .select('organizationName timeZone country plan status features suspension hold')
    .lean();
  const isClosed = organization?.suspension || organization?.hold?.mode === 'closed';
  if (!organization || isClosed || !STATE_ALLOWS[organization.status].read) return null;
  const found = await withTenantDatabase(organizationId, async (db) => {
    const row = await paymentLinkModel({ db }).findById(objectId(linkId)).lean();
    const settings = await billSettingsModel({ db }).findById(SETTINGS_ID).lean();
    return row && { row, settings: toBillSettings(settings, organizationFacts(organization)) };
  });
  if (!found) return null;
  const { row, settings } = found;
  if (isBack && row.isOpen && (await mayAsk(ip))) await askToFollowLink(organizationId, linkId);
  const isOpen = row.state === 'open' && row.expiresAt > now;
  return {
    hospital: settings.legalName,
    billNumber: row.billNumber,
    amountMinor: row.amountMinor,
    currency: { ...settings.currency, code: row.currency },
    state: row.state,
    url: isOpen ? (row.url ?? null) : null,
  };
}
