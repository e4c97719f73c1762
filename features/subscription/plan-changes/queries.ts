import 'server-only';
import type Stripe from 'stripe';
import { type Interval, isPlanId } from '@/features/subscription/billing/plans';
import { isLive } from '@/features/subscription/billing/policy';
import { branchesOf } from '@/lib/branches';
import { notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe, isOutOfReach } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import { findCustomerId, READ } from './reach';
import type { InvoicePageQuery } from './schema';

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/**
 * The subscription as Stripe described it last, and use against the limits: what the billing page shows at
 * once.
 */
export async function getSubscription(ctx: TenantContext) {
  const row = await organizationModel
    .findById(objectId(ctx.organizationId))
    .select('plan status stripeCustomerId subscription features usage nonPayment branches')
    .lean();
  if (!row) throw notFoundError('organization');
  const { subscription: last, features, usage, nonPayment } = row;
  const method = last?.paymentMethod;
  const change = last?.pendingChange;
  return {
    plan: row.plan,
    state: row.status,
    isCustomer: Boolean(row.stripeCustomerId),
    hasAnalytics: features.enableAnalytics,
    branches: branchesOf(row.branches).filter(({ isOpen }) => isOpen).length,
    seats: { used: usage?.seats ?? 0, limit: features.maxUsers ?? null },
    storage: { usedBytes: usage?.storageBytes ?? 0, limitBytes: features.maxStorage ?? null },
    nonPayment: nonPayment
      ? {
          since: nonPayment.since.toISOString(),
          stage: nonPayment.stage,
          owedCents: nonPayment.owedCents ?? null,
          nextStageAt: iso(nonPayment.nextStageAt),
        }
      : null,
    subscription: last
      ? {
          status: last.status,
          isLive: isLive(last),
          cents: last.priceCents * last.quantity,
          currency: last.currency,
          interval: last.interval,
          currentPeriodEnd: last.currentPeriodEnd.toISOString(),
          cancelAtPeriodEnd: last.cancelAtPeriodEnd,
          trialEnd: last.status === 'trialing' ? iso(last.trialEnd) : null,
          isInvoiced: last.collectionMethod === 'send_invoice',
          syncedAt: last.syncedAt.toISOString(),
          pause: last.pause ? { resumesAt: iso(last.pause.resumesAt) } : null,
          discount: last.discount
            ? {
                name: last.discount.name ?? null,
                percentOff: last.discount.percentOff ?? null,
                endsAt: iso(last.discount.endsAt),
              }
            : null,
          card: method
            ? {
                brand: method.brand ?? method.type ?? 'card',
                last4: method.last4 ?? '',
                expires: cardExpiry(method.expMonth, method.expYear),
              }
            : null,
          latestInvoice: last.latestInvoice
            ? {
                status: last.latestInvoice.status ?? null,
                remainingCents: last.latestInvoice.remainingCents ?? 0,
                nextAttemptAt: iso(last.latestInvoice.nextPaymentAttempt),
                hostedUrl: last.latestInvoice.hostedUrl ?? null,
              }
            : null,
          pendingChange:
            change?.at && isPlanId(change.plan)
              ? {
                  plan: change.plan as PlanId,
                  interval: (change.interval === 'year' ? 'year' : 'month') satisfies Interval as Interval,
                  cents: change.priceCents ?? 0,
                  at: change.at.toISOString(),
                }
              : null,
        }
      : null,
  };
}
export type SubscriptionPage = Awaited<ReturnType<typeof getSubscription>>;
export type SubscriptionView = NonNullable<SubscriptionPage['subscription']>;

function cardExpiry(month: number | null | undefined, year: number | null | undefined): string | null {
  return month && year ? `${String(month).padStart(2, '0')} / ${year}` : null;
}

/** null when Stripe cannot be asked now; anything else is a bug and stays one. */
async function orUnreachable<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    logger.warn({ err: error }, 'Stripe cannot be reached; the billing page shows what is known');
    return null;
  }
}

export type NextInvoice = { at: string; cents: number; currency: string };

/**
 * What Stripe will charge next, with credit, discount and tax; null when nothing will be, or when it cannot
 * be asked.
 */
export async function findNextInvoice(ctx: TenantContext): Promise<NextInvoice | null> {
  const row = await organizationModel
    .findById(objectId(ctx.organizationId))
    .select('stripeCustomerId subscriptionId subscription.status subscription.currentPeriodEnd')
    .lean();
  if (!row?.stripeCustomerId || !row.subscriptionId || !row.subscription || !isLive(row.subscription))
    return null;
  try {
    const preview = await orUnreachable(
      stripe().invoices.createPreview(
        { customer: row.stripeCustomerId, subscription: row.subscriptionId },
        READ,
      ),
    );
    if (!preview) return null;
    const at = preview.next_payment_attempt
      ? new Date(preview.next_payment_attempt * 1_000)
      : row.subscription.currentPeriodEnd;
    return { at: at.toISOString(), cents: preview.amount_due, currency: preview.currency };
  } catch (error) {
    // A subscription that ends has no next invoice; Stripe says so with an error.
    if (error instanceof Error && 'code' in error && error.code === 'invoice_upcoming_none') return null;
    if (error instanceof Error && 'type' in error && error.type === 'StripeInvalidRequestError') return null;
    throw error;
  }
}

export type InvoiceRow = {
  id: string;
  number: string;
  createdAt: string;
  cents: number;
  currency: string;
  taxCents: number;
  /** What credit notes have taken back of it. */
  creditedCents: number;
  /** The customer owes the tax to its own tax office. */
  isReverseCharge: boolean;
  status: 'paid' | 'open' | 'void' | 'uncollectible' | 'draft';
  pdfUrl: string | null;
  pageUrl: string | null;
};

const STATUSES: readonly string[] = ['paid', 'open', 'void', 'uncollectible', 'draft'];
const isInvoiceStatus = (value: unknown): value is InvoiceRow['status'] => STATUSES.includes(String(value));

const toInvoice = (invoice: Stripe.Invoice): InvoiceRow => ({
  id: invoice.id ?? '',
  number: invoice.number ?? 'Draft',
  createdAt: new Date(invoice.created * 1_000).toISOString(),
  cents: invoice.total,
  currency: invoice.currency,
  taxCents: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
  creditedCents: invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount,
  isReverseCharge: (invoice.total_taxes ?? []).some(
    ({ taxability_reason: reason }) => reason === 'reverse_charge',
  ),
  status: isInvoiceStatus(invoice.status) ? invoice.status : 'draft',
  pdfUrl: invoice.invoice_pdf ?? null,
  pageUrl: invoice.hosted_invoice_url ?? null,
});

const INVOICES_A_PAGE = 10;

export type InvoicePage = {
  rows: InvoiceRow[];
  before: string | null;
  after: string | null;
};

/** Invoices from Stripe, newest first, ten a page; null when Stripe cannot be asked now. */
export async function listInvoices(
  ctx: { organizationId: string },
  query: InvoicePageQuery,
): Promise<InvoicePage | null> {
  const customer = await findCustomerId(ctx.organizationId);
  if (!customer) return { rows: [], before: null, after: null };
  const { after, before } = query;
  const page = await orUnreachable(
    stripe()
      .invoices.list(
        {
          customer,
          limit: INVOICES_A_PAGE,
          ...(before ? { ending_before: before } : after ? { starting_after: after } : {}),
        },
        READ,
      )
      // A place of somebody else's list, or one that is gone: the first page.
      .catch((error: unknown) => {
        if (isMissingAtStripe(error)) return null;
        throw error;
      }),
  );
  if (!page) return after || before ? listInvoices(ctx, { after: undefined, before: undefined }) : null;
  const rows = page.data.map(toInvoice);
  const isBackwards = Boolean(before);
  const hasNewer = isBackwards ? page.has_more : Boolean(after);
  const hasOlder = isBackwards ? true : page.has_more;
  return {
    rows,
    before: hasNewer ? (rows[0]?.id ?? null) : null,
    after: hasOlder ? (rows.at(-1)?.id ?? null) : null,
  };
}
