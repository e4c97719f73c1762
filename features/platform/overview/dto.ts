import 'server-only';
import { monthlyCents } from '@/features/subscription/billing/policy';
import type { OrganizationPurpose, OrganizationState, PlanId } from '@/lib/master/vocabulary';
import { shownState } from '@/lib/organizations/standing';
import type { EventOutcome } from './policy';
import { withoutCredentials } from './policy';

type Id = { toString(): string };
type Maybe<T> = T | null | undefined;
const iso = (date: Maybe<Date>): string | null => date?.toISOString() ?? null;

type SubscriptionRow = {
  status: string;
  plan: string;
  priceCents: number;
  currency: string;
  interval: 'month' | 'year';
  quantity: number;
  currentPeriodEnd: Date;
  cancelAtPeriodEnd: boolean;
  canceledAt?: Maybe<Date>;
  syncedAt: Date;
};

export type SummaryRow = {
  _id: Id;
  organizationName: string;
  nameKey: string;
  country: string;
  status: OrganizationState;
  plan: PlanId;
  purpose?: Maybe<OrganizationPurpose>;
  createdAt: Date;
  features: { maxUsers?: Maybe<number>; maxStorage?: Maybe<number> };
  usage?: Maybe<{ seats: number; storageBytes: number }>;
  subscription?: Maybe<SubscriptionRow>;
  suspension?: Maybe<{ reason: string }>;
};
export const SUMMARY_FIELDS =
  'organizationName nameKey country status plan purpose createdAt features usage subscription suspension';

/** An organization in a list. */
export const toOrganizationSummary = (row: SummaryRow) => ({
  id: row._id.toString(),
  name: row.organizationName,
  country: row.country,
  status: shownState(row),
  isTrial: row.status === 'active' && row.subscription?.status === 'trialing',
  plan: row.plan,
  purpose: row.purpose ?? 'customer',
  createdAt: row.createdAt.toISOString(),
  seats: { used: row.usage?.seats ?? 0, limit: row.features.maxUsers ?? null },
  storage: { usedBytes: row.usage?.storageBytes ?? 0, limitBytes: row.features.maxStorage ?? null },
  mrr: row.subscription
    ? { currency: row.subscription.currency, cents: monthlyCents(row.subscription) }
    : null,
  /** When the next payment is due; null when it will not be renewed. */
  renewsAt: renewalOf(row.subscription),
});
export type OrganizationSummary = ReturnType<typeof toOrganizationSummary>;

const renewalOf = (subscription: Maybe<SubscriptionRow>): string | null =>
  subscription && !subscription.cancelAtPeriodEnd && subscription.status !== 'canceled'
    ? subscription.currentPeriodEnd.toISOString()
    : null;

export type DetailRow = SummaryRow & {
  email: string;
  phone: string;
  industry: string;
  timeZone: string;
  expectedUsers: number;
  statusSince: Date;
  stripeCustomerId?: Maybe<string>;
  subscriptionId?: Maybe<string>;
  expiresAt?: Maybe<Date>;
  salesNote?: Maybe<string>;
  nonPayment?: unknown;
  updatedAt: Date;
  features: {
    maxUsers?: Maybe<number>;
    maxStorage?: Maybe<number>;
    enableAnalytics: boolean;
    enableReports: boolean;
  };
  placement?: Maybe<{
    provider: string;
    cellId: string;
    databaseName: string;
    isolation: string;
    username: string;
    schemaVersion: number;
  }>;
};
/** Named one by one: the connection string, sealed as it is, is not even read. */
export const DETAIL_FIELDS = `${SUMMARY_FIELDS} email phone industry timeZone expectedUsers statusSince stripeCustomerId subscriptionId expiresAt nonPayment salesNote ownerId updatedAt placement.provider placement.cellId placement.databaseName placement.isolation placement.username placement.schemaVersion`;

export const toOrganizationDetail = (row: DetailRow) => ({
  ...toOrganizationSummary(row),
  email: row.email,
  phone: row.phone,
  industry: row.industry,
  timeZone: row.timeZone,
  expectedUsers: row.expectedUsers,
  statusSince: row.statusSince.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  expiresAt: iso(row.expiresAt),
  salesNote: row.salesNote ?? '',
  owes: Boolean(row.nonPayment),
  stripeCustomerId: row.stripeCustomerId ?? null,
  subscriptionId: row.subscriptionId ?? null,
  subscription: row.subscription
    ? {
        status: row.subscription.status,
        plan: row.subscription.plan,
        priceCents: row.subscription.priceCents,
        currency: row.subscription.currency,
        interval: row.subscription.interval,
        quantity: row.subscription.quantity,
        currentPeriodEnd: row.subscription.currentPeriodEnd.toISOString(),
        cancelAtPeriodEnd: row.subscription.cancelAtPeriodEnd,
        canceledAt: iso(row.subscription.canceledAt),
        syncedAt: row.subscription.syncedAt.toISOString(),
      }
    : null,
  enableAnalytics: row.features.enableAnalytics,
  enableReports: row.features.enableReports,
  placement: row.placement
    ? {
        provider: row.placement.provider,
        cellId: row.placement.cellId,
        databaseName: row.placement.databaseName,
        isolation: row.placement.isolation,
        username: row.placement.username,
        schemaVersion: row.placement.schemaVersion,
      }
    : null,
});
export type OrganizationDetail = ReturnType<typeof toOrganizationDetail>;

type ProvisioningRow = {
  step: string;
  attempts: number;
  lastError?: Maybe<string>;
  waitingFor?: Maybe<string>;
  createdAt: Date;
  finishedAt?: Maybe<Date>;
  history: { step?: Maybe<string>; at?: Maybe<Date>; durationMs?: Maybe<number> }[];
};

export const toProvisioning = (row: ProvisioningRow) => ({
  step: row.step,
  attempts: row.attempts,
  lastError: row.lastError ? withoutCredentials(row.lastError) : null,
  waitingFor: row.waitingFor ?? null,
  startedAt: row.createdAt.toISOString(),
  finishedAt: iso(row.finishedAt),
  history: row.history.map(({ step, at, durationMs }, index) => ({
    id: `${index}-${step}`,
    step: step ?? '',
    at: iso(at),
    durationMs: durationMs ?? 0,
  })),
});
export type ProvisioningHistory = ReturnType<typeof toProvisioning>;

type EventRow = {
  _id: string;
  type: string;
  customerId?: Maybe<string>;
  organizationId?: Maybe<Id>;
  outcome: EventOutcome;
  error?: Maybe<string>;
  attempts: number;
  deliveries: number;
  stripeCreatedAt: Date;
  receivedAt: Date;
  processedAt?: Maybe<Date>;
};

export const toStripeEvent = (row: EventRow, organization: Maybe<{ id: string; name: string }>) => ({
  id: row._id,
  type: row.type,
  customerId: row.customerId ?? null,
  organization: organization ?? null,
  outcome: row.outcome,
  error: row.error ? withoutCredentials(row.error) : null,
  attempts: row.attempts,
  deliveries: row.deliveries,
  stripeCreatedAt: row.stripeCreatedAt.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
  processedAt: iso(row.processedAt),
});
export type StripeEventEntry = ReturnType<typeof toStripeEvent>;

type AuditRow = {
  _id: Id;
  at: Date;
  actor: { kind?: Maybe<string>; name?: Maybe<string> };
  action: string;
  target?: Maybe<string>;
  result: 'ok' | 'refused' | 'failed';
  requestId?: Maybe<string>;
  organizationId?: Maybe<Id>;
};

export const toAuditEntry = (row: AuditRow, organization: Maybe<{ id: string; name: string }>) => ({
  id: row._id.toString(),
  at: row.at.toISOString(),
  actorKind: row.actor.kind ?? 'system',
  actorName: row.actor.name ?? '',
  action: row.action,
  target: row.target ?? null,
  result: row.result,
  requestId: row.requestId ?? null,
  organization: organization ?? null,
});
export type AuditEntry = ReturnType<typeof toAuditEntry>;
