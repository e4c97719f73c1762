import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { hashToken } from '@/lib/crypto/cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Quote, toQuote } from './dto';
import { canTakeOffer } from './policy';

const SHOWN = 20;

/** What was offered to an organization, newest first. */
export async function listQuotes(_ctx: PlatformContext, organizationId: string): Promise<Quote[]> {
  const rows = await quoteModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ createdAt: -1 })
    .limit(SHOWN)
    .lean();
  return rows.map((row) => toQuote(row));
}

/** What a customer has asked for, and the offer that it can take now. */
export async function getOwnOffer(ctx: TenantContext, now = new Date()) {
  const organizationId = objectId(ctx.organizationId);
  const [organization, quote, paid] = await Promise.all([
    organizationModel
      .findById(organizationId)
      .select('status nonPayment subscription.status offerRequest usage')
      .lean(),
    quoteModel.findOne({ organizationId }).sort({ createdAt: -1 }).lean(),
    quoteModel.findOne({ organizationId, state: 'paid' }).sort({ createdAt: -1 }).select('place').lean(),
  ]);
  const offer = quote ? toQuote(quote, now) : null;
  const canTake =
    organization !== null &&
    canTakeOffer({
      status: organization.status,
      owes: Boolean(organization.nonPayment),
      subscriptionStatus: organization.subscription?.status,
    });
  return {
    askedAt: organization?.offerRequest?.at.toISOString() ?? null,
    seats: organization?.usage?.seats ?? 0,
    storageBytes: organization?.usage?.storageBytes ?? 0,
    canTake,
    offer: canTake && offer?.state === 'sent' ? offer : null,
    /** Where the database of the offer that is paid lives, also while another one waits. */
    place: paid?.place ?? null,
  };
}
export type OwnOffer = Awaited<ReturnType<typeof getOwnOffer>>;

/** What a customer asks for, as the company sees it. */
export async function findOfferRequest(_ctx: PlatformContext, organizationId: string) {
  const row = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('offerRequest')
    .lean();
  const asked = row?.offerRequest;
  return asked
    ? {
        at: asked.at.toISOString(),
        byName: asked.byName,
        expectedUsers: asked.expectedUsers,
        note: asked.note ?? null,
        seats: asked.seats,
        storageBytes: asked.storageBytes,
      }
    : null;
}
export type OfferRequest = NonNullable<Awaited<ReturnType<typeof findOfferRequest>>>;

/** The quote that a mailed link opens, and whose it is; null for a wrong link. */
export async function findQuoteByToken(token: string) {
  const row = await quoteModel.findOne({ tokenHash: hashToken(token) }).lean();
  if (!row) return null;
  const organization = await organizationModel
    .findById(row.organizationId)
    .select('organizationName timeZone')
    .lean();
  if (!organization) return null;
  return {
    quote: toQuote(row),
    organizationName: organization.organizationName,
    timeZone: organization.timeZone,
  };
}
