import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { organizationModel } from '@/lib/master/models/organization';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { op } from '@/lib/mongo';
import { toStripeEvent } from '../dto';
import type { EventListQuery } from '../schema';
import { MOST_COUNTED } from './attention';

const PAGE_SIZE = 50;

/** The find behind the page; apart from it so that a test can ask how it is answered. */
export async function findStripeEvents(query: EventListQuery) {
  const page = keyset({ field: 'receivedAt', kind: 'date', idKind: 'text', direction: -1 }, query, PAGE_SIZE);
  const find = stripeEventModel
    .find({
      ...(query.outcome ? { outcome: query.outcome } : {}),
      // A prefix is a range of an index.
      ...(query.kind ? { type: op({ $gte: `${query.kind}.`, $lt: `${query.kind}/` }) } : {}),
      ...page.filter,
    })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** The ledger of what Stripe has told us, newest first, 50 a page. */
export async function listStripeEvents(_ctx: PlatformContext, query: EventListQuery) {
  const { page, find } = await findStripeEvents(query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.receivedAt.toISOString(),
    row._id,
  ]);
  // By customer, not by the event's own organization: that one is written only after success.
  const customers = [...new Set(rows.flatMap(({ customerId }) => (customerId ? [customerId] : [])))];
  const organizations = await organizationModel
    .find({ stripeCustomerId: op({ $in: customers }) })
    .select('organizationName stripeCustomerId')
    .lean();
  const names = new Map(
    organizations.map((row) => [
      row.stripeCustomerId,
      { id: row._id.toString(), name: row.organizationName },
    ]),
  );
  return {
    failed: await stripeEventModel.countDocuments({ outcome: 'failed' }).limit(MOST_COUNTED),
    events: rows.map((row) => toStripeEvent(row, row.customerId ? names.get(row.customerId) : null)),
    before,
    after,
  };
}
