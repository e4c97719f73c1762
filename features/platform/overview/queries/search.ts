import 'server-only';
import { findTicketsBy } from '@/features/support/tickets/search';
import type { PlatformContext } from '@/lib/actions/platform';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { matchCustomers } from '@/lib/organizations/find-customers';
import { STATE_LABEL } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';
import { SUMMARY_FIELDS, toOrganizationSummary } from '../dto';

const SHOWN = 8;

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
