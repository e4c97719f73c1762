import 'server-only';
import type { PipelineStage } from 'mongoose';
import { monthlyCents } from '@/features/subscription/billing/policy';
import { SOLD_CURRENCIES } from '@/features/subscription/billing/price-list';
import type { PlatformContext } from '@/lib/actions/platform';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { type RevenueMovementKind, revenueMovementModel } from '@/lib/master/models/revenue-movement';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { OVERDUE_STATES } from '@/lib/organizations/standing';
import { lastMonths, monthRange } from './months';
import type { Figure } from './schema';

const DAY_MS = 86_400_000;
const TRIAL_NOTICE_DAYS = 14;
const RENEWAL_NOTICE_DAYS = 30;
const FAILED_PAYMENT_DAYS = 30;
const SHOWN = 200;

const PAYING = ['active', 'past_due'];

/** As on every page of the company: a payment is missing, and nobody is suspended yet. */
const OVERDUE = {
  status: { $in: [...OVERDUE_STATES] },
  suspension: { $exists: false },
  nonPayment: { $ne: null },
  subscription: { $exists: true },
};
/** What a customer pays a month, also while Stripe has given up asking for it. */
const atStake = (subscription: Group['_id']): number => monthlyCents({ ...subscription, status: 'past_due' });

const soon = (now: Date, days: number) => ({ $gte: now, $lte: new Date(now.getTime() + days * DAY_MS) });
const ago = (now: Date, days: number) => ({ $gte: new Date(now.getTime() - days * DAY_MS) });

const renewing = (now: Date) => ({
  'subscription.status': { $in: PAYING },
  'subscription.currentPeriodEnd': soon(now, RENEWAL_NOTICE_DAYS),
  'subscription.cancelAtPeriodEnd': false,
});
const trialsEnding = (now: Date) => ({
  'subscription.status': 'trialing',
  'subscription.currentPeriodEnd': soon(now, TRIAL_NOTICE_DAYS),
});

type Group = {
  _id: {
    status: string;
    plan: PlanId;
    priceCents: number;
    quantity: number;
    interval: string;
    currency: string;
  };
  count: number;
};

const GROUPED: PipelineStage.Group = {
  $group: {
    _id: {
      status: '$subscription.status',
      plan: '$plan',
      priceCents: '$subscription.priceCents',
      quantity: '$subscription.quantity',
      interval: '$subscription.interval',
      currency: '$subscription.currency',
    },
    count: { $sum: 1 },
  },
};

const sumBy = (groups: readonly Group[], value: (group: Group) => number): number =>
  groups.reduce((total, group) => total + value(group), 0);

/**
 * Revenue as it is now, in one currency, and how much there is in the others: amounts of two are never added.
 */
export async function getRevenueNow(_ctx: PlatformContext, wantedCurrency?: string, now = new Date()) {
  const [paying, overdue, renewals, trials, failed] = await Promise.all([
    organizationModel.aggregate<Group>([{ $match: { 'subscription.status': { $in: PAYING } } }, GROUPED]),
    organizationModel.aggregate<Group>([{ $match: OVERDUE }, GROUPED]),
    organizationModel.aggregate<Group>([{ $match: renewing(now) }, GROUPED]),
    organizationModel.aggregate<{ count: number }>([{ $match: trialsEnding(now) }, { $count: 'count' }]),
    stripeEventModel.countDocuments({
      type: 'invoice.payment_failed',
      receivedAt: op(ago(now, FAILED_PAYMENT_DAYS)),
    }),
  ]);
  const totals = new Map<string, number>();
  for (const { _id, count } of paying)
    totals.set(_id.currency, (totals.get(_id.currency) ?? 0) + monthlyCents(_id) * count);
  const currency =
    wantedCurrency ?? (totals.has('usd') || totals.size === 0 ? 'usd' : [...totals.keys()][0]) ?? 'usd';
  const own = paying.filter(({ _id }) => _id.currency === currency);
  const cents = (groups: readonly Group[]) => sumBy(groups, ({ _id, count }) => monthlyCents(_id) * count);
  const people = (groups: readonly Group[]) => sumBy(groups, ({ count }) => count);
  const charging = own.filter(({ _id }) => monthlyCents(_id) > 0);
  const mrrCents = cents(own);
  const customers = people(charging);
  const pastDue = overdue.filter(({ _id }) => _id.currency === currency);
  const due = renewals.filter(({ _id }) => _id.currency === currency);
  return {
    currency,
    mrrCents,
    arrCents: mrrCents * 12,
    customers,
    arpaCents: customers > 0 ? Math.round(mrrCents / customers) : null,
    plans: PLAN_IDS.map((plan) => {
      const ofPlan = charging.filter(({ _id }) => _id.plan === plan);
      return { plan, customers: people(ofPlan), mrrCents: cents(ofPlan) };
    }),
    pastDue: {
      customers: people(pastDue),
      mrrCents: sumBy(pastDue, ({ _id, count }) => atStake(_id) * count),
    },
    renewals: {
      customers: people(due),
      // What the invoices will ask for, before discounts and taxes: a year's price for a yearly subscription.
      cents: sumBy(due, ({ _id, count }) => _id.priceCents * _id.quantity * count),
    },
    trialsEnding: trials[0]?.count ?? 0,
    failedPayments: failed,
    others: [...totals]
      .filter(([other, amount]) => other !== currency && amount > 0)
      .map(([other, amount]) => ({ currency: other, cents: amount })),
    asOf: now.toISOString(),
  };
}

type Sums = { _id: RevenueMovementKind; cents: number; customers: number; count: number };

async function sumsOf(currency: string, at: { $lt: Date; $gte?: Date }): Promise<Sums[]> {
  return revenueMovementModel.aggregate<Sums>([
    { $match: { currency, at } },
    {
      $group: {
        _id: '$kind',
        cents: { $sum: '$deltaCents' },
        customers: { $sum: '$deltaCustomers' },
        count: { $sum: 1 },
      },
    },
  ]);
}

/**
 * The last twelve months from the ledger, oldest first: what came, what went, and what that left. Churn of
 * customers is those who ended in the month over those at its start; churn of revenue is what ended or shrank
 * over the revenue at its start.
 */
export async function listRevenueMonths(_ctx: PlatformContext, currency: string, now = new Date()) {
  const months = lastMonths(now);
  const first = monthRange(months[0] ?? '').start;
  const [before, ...each] = await Promise.all([
    sumsOf(currency, { $lt: first }),
    ...months.map((month) => {
      const { start, end } = monthRange(month);
      return sumsOf(currency, { $gte: start, $lt: end });
    }),
  ]);
  const total = (sums: readonly Sums[], field: 'cents' | 'customers') =>
    sums.reduce((sum, row) => sum + row[field], 0);
  let openingCents = total(before ?? [], 'cents');
  let openingCustomers = total(before ?? [], 'customers');
  return months.map((month, index) => {
    const sums = each[index] ?? [];
    const of = (kind: RevenueMovementKind) => sums.find(({ _id }) => _id === kind);
    const opening = { cents: openingCents, customers: openingCustomers };
    openingCents += total(sums, 'cents');
    openingCustomers += total(sums, 'customers');
    const churn = of('churn');
    const lost = -((churn?.cents ?? 0) + (of('contraction')?.cents ?? 0));
    return {
      month,
      newCents: of('new')?.cents ?? 0,
      expansionCents: of('expansion')?.cents ?? 0,
      reactivationCents: of('reactivation')?.cents ?? 0,
      contractionCents: of('contraction')?.cents ?? 0,
      churnCents: churn?.cents ?? 0,
      netCents: openingCents - opening.cents,
      mrrCents: openingCents,
      customers: openingCustomers,
      churnedCustomers: churn?.count ?? 0,
      customerChurn: opening.customers > 0 ? (churn?.count ?? 0) / opening.customers : null,
      revenueChurn: opening.cents > 0 ? lost / opening.cents : null,
    };
  });
}
export type RevenueMonth = Awaited<ReturnType<typeof listRevenueMonths>>[number];

/** What moved the monthly revenue in the running month, by currency; those without a move are left out. */
export async function listMovementNow(
  _ctx: PlatformContext,
  now = new Date(),
  currencies: readonly string[] = [...SOLD_CURRENCIES, env().BILLING_CURRENCY],
) {
  const month = lastMonths(now, 1)[0] ?? '';
  const { start, end } = monthRange(month);
  const sums = await revenueMovementModel.aggregate<{
    _id: { currency: string; kind: RevenueMovementKind };
    cents: number;
  }>([
    { $match: { currency: { $in: [...new Set(currencies)] }, at: { $gte: start, $lt: end } } },
    { $group: { _id: { currency: '$currency', kind: '$kind' }, cents: { $sum: '$deltaCents' } } },
  ]);
  const moved = [...new Set(sums.map(({ _id }) => _id.currency))].sort();
  return moved.map((currency) => {
    const of = (kind: RevenueMovementKind) =>
      sums.find(({ _id }) => _id.currency === currency && _id.kind === kind)?.cents ?? 0;
    const parts = {
      newCents: of('new'),
      expansionCents: of('expansion'),
      reactivationCents: of('reactivation'),
      contractionCents: of('contraction'),
      churnCents: of('churn'),
    };
    return {
      month,
      currency,
      ...parts,
      netCents: Object.values(parts).reduce((sum, cents) => sum + cents, 0),
    };
  });
}
export type MovementNow = Awaited<ReturnType<typeof listMovementNow>>[number];

export type FigureRow = {
  id: string;
  organizationId: string;
  name: string;
  plan: string | null;
  cents: number | null;
  at: string;
  /** Stripe's id of the object that the amount is read from. */
  stripeId: string;
};

type FigureArgs = { currency: string; month?: string | undefined; plan?: PlanId | undefined };

/**
 * The organizations behind a number. Their amounts add up to it; at most 200 rows are listed, and `isCut`
 * says so.
 */
export async function listFigure(
  _ctx: PlatformContext,
  figure: Figure,
  args: FigureArgs,
  now = new Date(),
): Promise<{ rows: FigureRow[]; isCut: boolean }> {
  const rows =
    figure === 'failed-payments'
      ? await failedPayments(args.currency, now)
      : figure === 'mrr' || figure === 'trials' || figure === 'past-due' || figure === 'renewals'
        ? await subscribers(figure, args, now)
        : await movements(figure, args, now);
  return { rows: rows.slice(0, SHOWN), isCut: rows.length > SHOWN };
}

function centsOf(figure: Figure, subscription: Group['_id']): number {
  if (figure === 'renewals' || figure === 'trials') return subscription.priceCents * subscription.quantity;
  return figure === 'past-due' ? atStake(subscription) : monthlyCents(subscription);
}

async function subscribers(
  figure: 'mrr' | 'trials' | 'past-due' | 'renewals',
  { currency, plan }: FigureArgs,
  now: Date,
): Promise<FigureRow[]> {
  const match = {
    mrr: { 'subscription.status': { $in: PAYING } },
    'past-due': OVERDUE,
    trials: trialsEnding(now),
    renewals: renewing(now),
  }[figure];
  const found = await organizationModel.aggregate<{
    _id: { toString(): string };
    organizationName: string;
    plan: PlanId;
    subscriptionId?: string;
    subscription: Group['_id'] & { currentPeriodEnd: Date };
  }>([
    {
      $match: {
        ...match,
        ...(figure === 'trials' ? {} : { 'subscription.currency': currency }),
        ...(plan ? { plan } : {}),
      },
    },
    { $sort: { 'subscription.currentPeriodEnd': 1, _id: 1 } },
    { $limit: SHOWN + 1 },
    { $project: { organizationName: 1, plan: 1, subscriptionId: 1, subscription: 1 } },
  ]);
  return found.map(({ _id, organizationName, plan: itsPlan, subscriptionId, subscription }) => ({
    id: _id.toString(),
    organizationId: _id.toString(),
    name: organizationName,
    plan: itsPlan,
    // Trials are listed in all currencies: of another one it is not an amount of this list.
    cents: subscription.currency === currency ? centsOf(figure, subscription) : null,
    at: subscription.currentPeriodEnd.toISOString(),
    stripeId: subscriptionId ?? '',
  }));
}

async function movements(kind: RevenueMovementKind, { currency, month, plan }: FigureArgs, now: Date) {
  const { start, end } = monthRange(month ?? lastMonths(now, 1)[0] ?? '');
  const found = await revenueMovementModel
    .find({ currency, kind, at: op({ $gte: start, $lt: end }), ...(plan ? { plan } : {}) })
    .sort({ at: -1, _id: -1 })
    .limit(SHOWN + 1)
    .lean();
  const names = await organizationNames(found.map(({ organizationId }) => organizationId));
  return found.map((row): FigureRow => {
    const organizationId = row.organizationId.toString();
    return {
      id: row._id.toString(),
      organizationId,
      name: names.get(organizationId)?.name ?? 'Deleted organization',
      plan: row.plan,
      cents: row.deltaCents,
      at: row.at.toISOString(),
      stripeId: row.subscriptionId,
    };
  });
}

async function failedPayments(currency: string, now: Date): Promise<FigureRow[]> {
  const events = await stripeEventModel
    .find({ type: 'invoice.payment_failed', receivedAt: op(ago(now, FAILED_PAYMENT_DAYS)) })
    .sort({ receivedAt: -1, _id: -1 })
    .limit(SHOWN + 1)
    .lean();
  // By customer: an event is of no organization before it has been worked on.
  const found = await organizationModel
    .find({ stripeCustomerId: op({ $in: events.flatMap(({ customerId }) => customerId ?? []) }) })
    .select('organizationName plan stripeCustomerId')
    .lean();
  const organizations = new Map(found.map((row) => [row.stripeCustomerId, row]));
  return events.map((row): FigureRow => {
    const organization = organizations.get(row.customerId ?? '');
    return {
      id: row._id,
      organizationId: organization?._id.toString() ?? '',
      name: organization?.organizationName ?? row.customerId ?? 'Unknown customer',
      plan: organization?.plan ?? null,
      // Of another currency it is not an amount of this list.
      cents: row.currency === currency ? (row.amountCents ?? null) : null,
      at: row.receivedAt.toISOString(),
      stripeId: row._id,
    };
  });
}
