import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { matchCustomers } from '@/lib/organizations/find-customers';
import { OVERDUE_STATES } from '@/lib/organizations/standing';
import {
  DETAIL_FIELDS,
  type OrganizationSummary,
  SUMMARY_FIELDS,
  toAuditEntry,
  toOrganizationDetail,
  toOrganizationSummary,
  toProvisioning,
  toStripeEvent,
} from '../dto';
import type { OrganizationListQuery, OrganizationSort } from '../schema';

const PAGE_SIZE = 25;
const EXPORT_STEP = 500;
const COUNT_UP_TO = 10_000;

/** What is searched for comes by name. */
export const sortOf = ({ q, sort }: Pick<OrganizationListQuery, 'q' | 'sort'>): OrganizationSort =>
  q && sort !== '-name' ? 'name' : (sort ?? '-created');

const SUSPENDED = {
  suspension: op({ $exists: true }),
  status: op({ $nin: ['canceled', 'deleted'] as const }),
};
const NO_CUSTOMERS = ['template', 'demo', 'sandbox'] as const;

/** As `shownState` has it: who is shut out by the company is in no other list. */
function stateFilter(status: OrganizationListQuery['status']) {
  if (!status) return {};
  if (status === 'suspended') return { $or: [{ status }, SUSPENDED] };
  const states = status === 'overdue' ? op({ $in: OVERDUE_STATES }) : status;
  const isGone = status === 'canceled' || status === 'deleted';
  return {
    status: states,
    ...(isGone ? {} : { suspension: null }),
    ...(status === 'overdue' ? { nonPayment: op({ $ne: null }) } : {}),
  };
}

/** Of the list; what is searched for is a condition of its own. */
function filterOf({ status, plan, kind }: OrganizationListQuery) {
  return {
    ...stateFilter(status),
    ...(kind ? { purpose: op(kind === 'customer' ? { $nin: NO_CUSTOMERS } : { $in: NO_CUSTOMERS }) } : {}),
    ...(plan ? { plan } : {}),
  };
}

function pagingOf(query: OrganizationListQuery, pageSize: number) {
  const sort = sortOf(query);
  const isByName = sort.endsWith('name');
  const order = {
    field: isByName ? 'nameKey' : 'createdAt',
    kind: isByName ? ('text' as const) : ('date' as const),
    idKind: 'object-id' as const,
    direction: sort.startsWith('-') ? (-1 as const) : (1 as const),
  };
  return { isByName, page: keyset(order, query, pageSize) };
}

/** The find behind the list and the export; apart from them so that a test can ask how it is answered. */
export async function findOrganizations(query: OrganizationListQuery, pageSize = PAGE_SIZE) {
  const { isByName, page } = pagingOf(query, pageSize);
  const matched = query.q ? await matchCustomers(query.q) : null;
  const among = matched ? { _id: op({ $in: matched }) } : {};
  const filter = {
    $and: [filterOf(query), among, page.filter].filter((part) => Object.keys(part).length > 0),
  };
  const rows = organizationModel.find(filter.$and.length > 0 ? filter : {}).select(SUMMARY_FIELDS);
  // Those that were found are read by their ids, and are put in order here.
  const find = matched ? rows : rows.sort(page.sort).limit(page.limit);
  const read = async () => {
    const found = await find.lean();
    return matched ? found.sort(byName(page.isUp)).slice(0, page.limit) : found;
  };
  return { isByName, page, find, read, counted: { ...filterOf(query), ...among } };
}

type Named = { nameKey: string; _id: { toString(): string } };
const byName = (isUp: boolean) => (a: Named, b: Named) => {
  const [first, second] = isUp ? [a, b] : [b, a];
  if (first.nameKey !== second.nameKey) return first.nameKey < second.nameKey ? -1 : 1;
  return first._id.toString() < second._id.toString() ? -1 : 1;
};

/** Organizations, 25 a page. The count stops at 10,000. */
export async function listOrganizations(_ctx: PlatformContext, query: OrganizationListQuery) {
  const { isByName, page, read, counted } = await findOrganizations(query);
  const [found, count] = await Promise.all([
    read(),
    organizationModel.countDocuments(counted, { limit: COUNT_UP_TO }),
  ]);
  const { rows, before, after } = page.toPage(found, (row) => [
    isByName ? row.nameKey : row.createdAt.toISOString(),
    row._id.toString(),
  ]);
  return {
    organizations: rows.map(toOrganizationSummary),
    count,
    isCountExact: count < COUNT_UP_TO,
    before,
    after,
  };
}

/** The organizations of the list, read in steps, so that any number of them takes little memory. */
export async function* eachOrganizationSummary(
  _ctx: PlatformContext,
  query: OrganizationListQuery,
): AsyncGenerator<OrganizationSummary> {
  let after: string | undefined;
  do {
    const asked = { ...query, before: undefined, after };
    const { isByName, page, read } = await findOrganizations(asked, EXPORT_STEP);
    const next = page.toPage(await read(), (row) => [
      isByName ? row.nameKey : row.createdAt.toISOString(),
      row._id.toString(),
    ]);
    yield* next.rows.map(toOrganizationSummary);
    after = next.after ?? undefined;
  } while (after);
}

const RECENT = 20;

/**
 * Everything the master database knows of an organization, never the connection string.
 * @throws AppError NOT_FOUND
 */
export async function getOrganization(_ctx: PlatformContext, organizationId: string) {
  const id = objectId(organizationId, 'organization');
  const row = await organizationModel.findById(id).select(DETAIL_FIELDS).lean();
  if (!row) throw notFoundError('organization');
  const [owner, provisioning, events, audit, members] = await Promise.all([
    userModel.findById(row.ownerId).select('name email emailVerifiedAt lastSignInAt').lean(),
    provisioningModel.findOne({ organizationId: id }).lean(),
    row.stripeCustomerId
      ? stripeEventModel
          .find({ customerId: row.stripeCustomerId })
          .sort({ receivedAt: -1, _id: -1 })
          .limit(RECENT)
          .lean()
      : [],
    platformAuditModel.find({ organizationId: id.toString() }).sort({ seq: -1 }).limit(RECENT).lean(),
    membershipModel.countDocuments({ organizationId: id, status: 'active' }),
  ]);
  return {
    organization: toOrganizationDetail(row),
    owner: owner
      ? {
          name: owner.name,
          email: owner.email,
          isEmailVerified: Boolean(owner.emailVerifiedAt),
          lastSignInAt: owner.lastSignInAt?.toISOString() ?? null,
        }
      : null,
    members,
    provisioning: provisioning ? toProvisioning(provisioning) : null,
    events: events.map((event) => toStripeEvent(event, null)),
    audit: audit.map((entry) => toAuditEntry(entry, null)),
  };
}
export type OrganizationFile = Awaited<ReturnType<typeof getOrganization>>;
