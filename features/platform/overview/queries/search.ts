import 'server-only';
import { findTicketsBy } from '@/features/support/tickets/queries';
import type { PlatformContext } from '@/lib/actions/platform';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { STATE_LABEL } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';
import { SUMMARY_FIELDS, toOrganizationSummary } from '../dto';
import { matchesCustomer } from '../policy';

const SHOWN = 8;

/**
 * What customers are found by, in the order of one index that holds all of it. Each has a database of its
 * own, so there are thousands and not millions, and any part of a word may be what somebody remembers.
 */
export const findSearchable = () =>
  organizationModel
    .find({})
    .sort({ nameKey: 1, email: 1, phone: 1, stripeCustomerId: 1, _id: 1 })
    .select('nameKey email phone stripeCustomerId');

/** Whom `q` names a part of, by name: of the name, the e-mail, the phone or the customer's id at Stripe. */
export async function matchCustomers(q: string) {
  const isMatch = matchesCustomer(q);
  return (await findSearchable().lean()).filter(isMatch).map(({ _id }) => _id);
}

/** For the search from anywhere: the first customers and tickets that `q` finds, with where each leads. */
export async function searchCompany(ctx: PlatformContext, q: string) {
  const [ids, tickets] = await Promise.all([matchCustomers(q), findTicketsBy(ctx, q, SHOWN)]);
  const first = ids.slice(0, SHOWN);
  const rows = await organizationModel
    .find({ _id: op({ $in: first }) })
    .select(SUMMARY_FIELDS)
    .lean();
  const byId = new Map(rows.map((row) => [row._id.toString(), toOrganizationSummary(row)]));
  const customers = first.flatMap((id) => byId.get(id.toString()) ?? []);
  return [
    {
      heading: 'Customers',
      items: customers.map(({ id, name, status }) => ({
        id,
        label: name,
        hint: STATE_LABEL[status],
        href: paths.platformOrganization(id),
      })),
    },
    {
      heading: 'Tickets',
      items: tickets.map(({ id, number, subject, organizationName }) => ({
        id,
        label: `#${number} ${subject}`,
        hint: organizationName,
        href: paths.platformTicket(id),
      })),
    },
  ].filter(({ items }) => items.length > 0);
}
