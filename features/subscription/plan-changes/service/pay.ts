import 'server-only';
import type Stripe from 'stripe';
import { currencyFor } from '@/features/subscription/billing/catalog';
import { taxParams } from '@/features/subscription/billing/checkout';
import { owedInvoices } from '@/features/subscription/billing/owed';
import { isLive } from '@/features/subscription/billing/policy';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import { priceIdOf } from '../prices';
import { customerIdOf } from '../reach';

const billingUrl = (): string => `${env().NEXTAUTH_URL}${paths.billing}`;

/**
 * Charges what is owed again, now: each invoice, the oldest first, also those that Stripe has left as drafts
 * since it gave up asking.
 * @throws AppError PAYMENT_REQUIRED when the bank still says no, or something is still open afterwards.
 */
export async function retryPayment(ctx: TenantContext, { attempt }: { attempt: string }): Promise<void> {
  const pay = async () => {
    const customerId = await customerIdOf(ctx.organizationId);
    for (const invoice of await owedInvoices(customerId)) await payNow(invoice, attempt);
    return customerId;
  };
  const declined = 'The invoice is still open. Update the card, or pay it on its own page.';
  await syncSubscription(await reach(pay(), { declined }));
  const { nonPayment } = await organizationModel
    .findById(objectId(ctx.organizationId))
    .select('nonPayment')
    .orFail()
    .lean();
  // "Paid" is said of everything or not at all.
  if (nonPayment) throw new AppError('PAYMENT_REQUIRED', declined);
}

async function payNow(invoice: Stripe.Invoice, attempt: string): Promise<void> {
  const id = invoice.id ?? '';
  try {
    if (invoice.status === 'draft')
      await stripe().invoices.finalizeInvoice(id, {}, { idempotencyKey: `retry-finalize:${id}:${attempt}` });
    await stripe().invoices.pay(id, {}, { idempotencyKey: `retry-payment:${id}:${attempt}` });
  } catch (cause) {
    // Stripe's own retry, or another click, was quicker.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'invoice_already_paid')) throw cause;
  }
}

/** Stripe's page for a new card, which leads back to the billing page. */
export async function cardPage(ctx: TenantContext): Promise<string> {
  const open = async () => {
    const { url } = await stripe().billingPortal.sessions.create({
      customer: await customerIdOf(ctx.organizationId),
      return_url: billingUrl(),
      flow_data: {
        type: 'payment_method_update',
        after_completion: { type: 'redirect', redirect: { return_url: `${billingUrl()}?card=updated` } },
      },
    });
    return url;
  };
  return reach(open());
}

/**
 * The browser is back from one of Stripe's pages, perhaps before the webhook: asks Stripe once, so that the
 * page shows what was done there. When Stripe does not answer, the page shows what we know.
 */
export async function noticeReturn(ctx: TenantContext): Promise<void> {
  try {
    await syncSubscription(await customerIdOf(ctx.organizationId));
  } catch (error) {
    logger.warn({ err: error, organizationId: ctx.organizationId }, 'no news from Stripe on return');
  }
}

/**
 * A new subscription after the old one has ended, on the plan of before: its payment page. An open one is
 * used again.
 * @throws AppError CONFLICT while a subscription lives.
 */
export async function reactivate(organizationId: string): Promise<string> {
  const open = async () => {
    const organization = await organizationModel
      .findById(objectId(organizationId, 'organization'))
      .select('plan country subscription.interval subscription.currency')
      .orFail()
      .lean();
    const customer = await customerIdOf(organizationId);
    const { data } = await stripe().subscriptions.list({ customer, status: 'all', limit: 20 });
    if (data.some(isLive)) throw new AppError('CONFLICT', 'There is a subscription already.');
    const plan = organization.plan;
    if (plan === 'enterprise') {
      throw new AppError('CONFLICT', 'Your plan is agreed with our sales team. Ask them for a new offer.');
    }
    const price = await priceIdOf(
      plan,
      organization.subscription?.interval ?? 'month',
      currencyFor(organization),
    );
    const sessions = await stripe().checkout.sessions.list({ customer, limit: 100 });
    const waiting = sessions.data.find(
      ({ status, metadata }) => status === 'open' && metadata?.reactivate === plan,
    );
    if (waiting?.url) return waiting.url;
    const metadata = { organizationId, plan };
    const session = await stripe().checkout.sessions.create(
      {
        mode: 'subscription',
        ui_mode: 'hosted_page',
        customer,
        client_reference_id: organizationId,
        line_items: [{ price, quantity: 1 }],
        metadata: { ...metadata, reactivate: plan },
        subscription_data: { metadata },
        ...(await taxParams(organizationId)),
        success_url: `${billingUrl()}?checkout={CHECKOUT_SESSION_ID}`,
        cancel_url: billingUrl(),
      },
      { idempotencyKey: `reactivate:${organizationId}:${plan}:${sessions.data.length}` },
    );
    return session.url ?? billingUrl();
  };
  return reach(open());
}
