import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { hashToken } from '@/lib/crypto/cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId } from '@/lib/mongo';
import { type Quote, toQuote } from './dto';

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
