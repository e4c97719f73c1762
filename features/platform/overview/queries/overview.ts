import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import {
  type OrganizationPurpose,
  type OrganizationState,
  PLAN_IDS,
  type PlanId,
} from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { isOpen, type Standing, standingOf } from '@/lib/organizations/standing';
import { SUMMARY_FIELDS, toOrganizationSummary } from '../dto';
import { type Amount, isStuck, recurringRevenue, withoutCredentials } from '../policy';

type Group = {
  _id: {
    organization: OrganizationState;
    plan: PlanId;
    status?: string | null;
    priceCents?: number | null;
    quantity?: number | null;
    interval?: string | null;
    currency?: string | null;
    purpose?: OrganizationPurpose | null;
    isSuspended: boolean;
    owes: boolean;
  };
  count: number;
};

const standingIn = ({ _id }: Group) =>
  standingOf({
    status: _id.organization,
    isSuspended: _id.isSuspended,
    owes: _id.owes,
    subscriptionStatus: _id.status,
    purpose: _id.purpose,
  });

const subscriptionOf = ({ _id: { status, priceCents, quantity, interval, currency } }: Group) =>
  status && interval && currency
    ? { status, priceCents: priceCents ?? 0, quantity: quantity ?? 1, interval, currency }
    : null;

const paid = (groups: readonly Group[]) =>
  groups.flatMap((group) => {
    const subscription = subscriptionOf(group);
    return subscription ? [{ subscription, count: group.count }] : [];
  });

const sum = (groups: readonly Group[]): number => groups.reduce((total, { count }) => total + count, 0);

/**
 * The company in figures. Equal subscriptions are counted by the database, so that few rows travel at any
 * size.
 */
export async function getPlatformFigures(_ctx: PlatformContext) {
  const groups = await organizationModel.aggregate<Group>([
    {
      $group: {
        _id: {
          organization: '$status',
          plan: '$plan',
          status: '$subscription.status',
          priceCents: '$subscription.priceCents',
          quantity: '$subscription.quantity',
          interval: '$subscription.interval',
          currency: '$subscription.currency',
          purpose: '$purpose',
          owes: { $eq: [{ $type: '$nonPayment' }, 'object'] },
          isSuspended: { $eq: [{ $type: '$suspension' }, 'object'] },
        },
        count: { $sum: 1 },
      },
    },
  ]);
  const standing = (...wanted: Standing[]) =>
    sum(groups.filter((group) => wanted.includes(standingIn(group))));
  const inState = (state: OrganizationState) =>
    sum(groups.filter((group) => group._id.organization === state && standingIn(group) === 'overdue'));
  const mrr = recurringRevenue(paid(groups));
  const customers = groups.filter((group) => isOpen(standingIn(group)));
  const total = sum(groups);
  const others = standing('not-a-customer');
  return {
    mrr,
    arr: mrr.map(({ currency, cents }): Amount => ({ currency, cents: cents * 12 })),
    /** Customers of every standing; templates, demos and sandboxes are in `others`. */
    total: total - others,
    others,
    active: standing('paying', 'trial'),
    trials: standing('trial'),
    overdue: standing('overdue'),
    readOnly: inState('read_only'),
    paused: standing('paused'),
    suspended: standing('suspended'),
    leaving: standing('leaving'),
    gone: standing('gone'),
    provisioning: standing('setting-up'),
    pendingPayment: standing('unpaid'),
    requested: standing('requested'),
    plans: PLAN_IDS.map((plan) => {
      const ofPlan = customers.filter(({ _id }) => _id.plan === plan);
      return {
        plan,
        organizations: sum(ofPlan),
        trials: sum(ofPlan.filter((group) => standingIn(group) === 'trial')),
        mrr: recurringRevenue(paid(ofPlan)),
      };
    }),
    asOf: new Date().toISOString(),
  };
}
export type PlatformFigures = Awaited<ReturnType<typeof getPlatformFigures>>;

const SHOWN = 20;

/** Organizations whose database is being made, longest waiting first, and which of them need a look. */
export async function listBeingSetUp(_ctx: PlatformContext, now = new Date()) {
  const organizations = await organizationModel
    .find({ status: 'provisioning' })
    .sort({ createdAt: -1, _id: -1 })
    .limit(SHOWN)
    .select('organizationName statusSince')
    .lean();
  const rows = await provisioningModel
    .find({ organizationId: op({ $in: organizations.map(({ _id }) => _id) }) })
    .select('organizationId step attempts lastError waitingFor needsOperator createdAt')
    .lean();
  const ended = await jobModel
    .find({
      kind: 'organization.provision',
      key: op({ $in: organizations.map(({ _id }) => _id.toString()) }),
      state: 'dead',
    })
    .select('key')
    .lean();
  const dead = new Set(ended.map(({ key }) => key));
  const progress = new Map(rows.map((row) => [row.organizationId.toString(), row]));
  return organizations
    .map(({ _id, organizationName, statusSince }) => {
      const row = progress.get(_id.toString());
      return {
        id: _id.toString(),
        name: organizationName,
        since: statusSince.toISOString(),
        step: row?.step ?? ('requested' as const),
        attempts: row?.attempts ?? 0,
        lastError: row?.lastError ? withoutCredentials(row.lastError) : null,
        waitingFor: row?.waitingFor ?? null,
        needsOperator: Boolean(row?.needsOperator),
        hasGivenUp: dead.has(_id.toString()),
        isStuck: isStuck(
          {
            hasFailed: Boolean(row?.lastError),
            startedAt: statusSince,
            isAtVendor: Boolean(row?.waitingFor),
          },
          now,
        ),
      };
    })
    .sort((a, b) => a.since.localeCompare(b.since));
}
export type BeingSetUp = Awaited<ReturnType<typeof listBeingSetUp>>[number];

/** Hospitals that asked for an Enterprise offer, newest first. */
export async function listEnterpriseRequests(_ctx: PlatformContext) {
  const rows = await organizationModel
    .find({ status: 'requested' })
    .sort({ createdAt: -1, _id: -1 })
    .limit(SHOWN)
    .select('organizationName email phone country expectedUsers salesNote ownerId createdAt')
    .lean();
  const people = await userModel
    .find({ _id: op({ $in: rows.map(({ ownerId }) => ownerId) }) })
    .select('name')
    .lean();
  const names = new Map(people.map(({ _id, name }) => [_id.toString(), name]));
  return rows.map((row) => ({
    id: row._id.toString(),
    name: row.organizationName,
    contact: names.get(row.ownerId.toString()) ?? '',
    email: row.email,
    phone: row.phone,
    country: row.country,
    expectedUsers: row.expectedUsers,
    note: row.salesNote ?? '',
    askedAt: row.createdAt.toISOString(),
  }));
}
export type EnterpriseRequest = Awaited<ReturnType<typeof listEnterpriseRequests>>[number];

/** The organizations that came last. */
export async function listNewestOrganizations(_ctx: PlatformContext) {
  const rows = await organizationModel
    .find({})
    .sort({ createdAt: -1, _id: -1 })
    .limit(8)
    .select(SUMMARY_FIELDS)
    .lean();
  return rows.map(toOrganizationSummary);
}
