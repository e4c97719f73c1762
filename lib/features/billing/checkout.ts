import 'server-only';
import type Stripe from 'stripe';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { PLANS } from './plans';

const lookupKeyOf = (plan: PlanId): string => `chakravue_${plan}_monthly`;

/** Stripe out of reach is an expected failure: nothing is lost and the person can go on later. */
async function reach<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    const type = cause instanceof Error && 'type' in cause ? String(cause.type) : '';
    if (type !== 'StripeConnectionError' && type !== 'StripeAPIError' && type !== 'StripeRateLimitError')
      throw cause;
    logger.warn({ err: cause }, 'Stripe cannot be reached');
    throw new AppError(
      'TOO_MANY_REQUESTS',
      'Your details are saved, but our payment partner cannot be reached right now. Please continue to payment again in a minute.',
      { cause },
    );
  }
}

/** The Stripe price of a plan, made on first use; the lookup key finds it again. */
async function priceOf(plan: PlanId): Promise<string> {
  const { name, priceCentsMonthly } = PLANS[plan];
  if (priceCentsMonthly === null)
    throw new AppError('CONFLICT', 'The price of this plan is agreed with our sales team.');
  const lookupKey = lookupKeyOf(plan);
  const known = await stripe().prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 });
  if (known.data[0]) return known.data[0].id;
  const product = await stripe().products.create(
    { name: `Chakravue ${name}`, metadata: { plan } },
    { idempotencyKey: `product:${plan}` },
  );
  const price = await stripe().prices.create(
    {
      product: product.id,
      currency: 'usd',
      unit_amount: priceCentsMonthly,
      recurring: { interval: 'month' },
      lookup_key: lookupKey,
      metadata: { plan },
    },
    { idempotencyKey: `price:${plan}:${priceCentsMonthly}` },
  );
  return price.id;
}

/** The organization's Stripe customer, made once. */
async function customerOf(organizationId: string): Promise<string> {
  const organizations = await organizationModel();
  const organization = await organizations
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName email phone stripeCustomerId')
    .orFail(new AppError('NOT_FOUND', 'We could not find that organization.'))
    .lean();
  if (organization.stripeCustomerId) return organization.stripeCustomerId;
  const customer = await stripe().customers.create(
    {
      name: organization.organizationName,
      email: organization.email,
      phone: organization.phone,
      metadata: { organizationId },
    },
    { idempotencyKey: `customer:${organizationId}` },
  );
  await organizations.updateOne({ _id: organization._id }, { $set: { stripeCustomerId: customer.id } });
  return customer.id;
}

export type Checkout = { sessionId: string; url: string; clientSecret: string | null };

/**
 * A checkout session for the organization's plan: the hosted page, or the embedded form where the browser has loaded
 * Stripe's script. An open session of the same plan is used again, so that pressing twice pays once.
 * @throws AppError when Stripe cannot be reached.
 */
export async function createCheckout(
  organizationId: string,
  plan: PlanId,
  mode: 'hosted_page' | 'embedded_page' = 'hosted_page',
): Promise<Checkout> {
  return reach(
    (async () => {
      const [price, customer] = [await priceOf(plan), await customerOf(organizationId)];
      const sessions = await stripe().checkout.sessions.list({ customer, limit: 20 });
      const open = sessions.data.find(
        (session) => session.status === 'open' && session.metadata?.plan === plan && session.ui_mode === mode,
      );
      if (open) return toCheckout(open);
      const metadata = { organizationId, plan };
      const base = env().NEXTAUTH_URL;
      const status = `${base}/signup/status?session_id={CHECKOUT_SESSION_ID}`;
      const session = await stripe().checkout.sessions.create(
        {
          mode: 'subscription',
          ui_mode: mode,
          customer,
          client_reference_id: organizationId,
          line_items: [{ price, quantity: 1 }],
          metadata,
          subscription_data: { metadata },
          ...(mode === 'hosted_page'
            ? { success_url: status, cancel_url: `${base}/signup/status?canceled=1` }
            : { return_url: status }),
        },
        // One create per number of sessions seen: a double click replays, a later attempt is new.
        { idempotencyKey: `checkout:${organizationId}:${plan}:${mode}:${sessions.data.length}` },
      );
      return toCheckout(session);
    })(),
  );
}

function toCheckout(session: Stripe.Checkout.Session): Checkout {
  return { sessionId: session.id, url: session.url ?? '', clientSecret: session.client_secret };
}

/** The address of Stripe's billing portal for the organization. */
export async function createPortalSession(organizationId: string): Promise<string> {
  return reach(
    (async () => {
      const customer = await customerOf(organizationId);
      const portal = await stripe().billingPortal.sessions.create({
        customer,
        return_url: `${env().NEXTAUTH_URL}/billing`,
      });
      return portal.url;
    })(),
  );
}

/** Whether a checkout session that the browser brought back is paid, and whose it is. Null when it is unknown. */
export async function findCheckout(
  sessionId: string,
): Promise<{ organizationId: string | null; isComplete: boolean } | null> {
  try {
    const session = await stripe().checkout.sessions.retrieve(sessionId);
    return { organizationId: session.client_reference_id, isComplete: session.status === 'complete' };
  } catch {
    // Unknown, malformed or unreachable: the webhook tells us in any case.
    return null;
  }
}
