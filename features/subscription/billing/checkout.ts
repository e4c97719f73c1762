import 'server-only';
import type Stripe from 'stripe';
import { invoiceSettings, putDetails } from '@/features/subscription/invoice-details/at-stripe';
import { findKnownDetails } from '@/features/subscription/invoice-details/queries';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { reach as reachStripe } from '@/lib/stripe/failures';
import { currencyFor, ensurePrice } from './catalog';
import { owedInvoices } from './owed';
import { type Interval, TRIAL_DAYS } from './plans';
import { claimTrial } from './trials';

/** Signing up, nothing is lost and the person can go on later. */
const reach = <T>(call: Promise<T>): Promise<T> =>
  reachStripe(call, {
    away: 'Your details are saved, but our payment partner cannot be reached right now. Please continue to payment again in a minute.',
  });

/** The organization's Stripe customer, made once, and again after it was deleted at Stripe. */
export async function customerOf(organizationId: string): Promise<string> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName email phone country stripeCustomerId billingAlarm')
    .orFail(new AppError('NOT_FOUND', 'We could not find that organization.'))
    .lean();
  const lost = organization.billingAlarm?.kind === 'customer_deleted' ? organization.stripeCustomerId : null;
  if (organization.stripeCustomerId && !lost) return organization.stripeCustomerId;
  const customer = await stripe().customers.create(
    {
      name: organization.organizationName,
      email: organization.email,
      phone: organization.phone,
      metadata: { organizationId },
      invoice_settings: invoiceSettings(organization.country),
    },
    { idempotencyKey: lost ? `customer:${organizationId}:after:${lost}` : `customer:${organizationId}` },
  );
  const details = await findKnownDetails(organization._id);
  if (details) await putDetails(customer.id, details, organization.email);
  await organizationModel.updateOne(
    { _id: organization._id },
    { $set: { stripeCustomerId: customer.id, ...(lost ? { billingAlarm: null } : {}) } },
  );
  return customer.id;
}

type TaxParams = Pick<
  Stripe.Checkout.SessionCreateParams,
  'automatic_tax' | 'tax_id_collection' | 'billing_address_collection' | 'customer_update'
>;

/**
 * Tax as configured: Stripe computes GST/VAT from the address and prints the customer's tax id on invoices.
 * What was said here before is not asked again, and not written over by what a card's holder types.
 */
export async function taxParams(organizationId: string): Promise<TaxParams> {
  if (env().BILLING_TAX !== 'on') return {};
  const automatic_tax = { enabled: true };
  if (await findKnownDetails(objectId(organizationId))) return { automatic_tax };
  return {
    automatic_tax,
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required',
    customer_update: { address: 'auto', name: 'auto' },
  };
}

export type Checkout = { sessionId: string; url: string; clientSecret: string | null };

export type CheckoutOptions = {
  interval?: Interval;
  /** Begin with the free days; refused where they have been used. */
  hasTrial?: boolean;
  mode?: 'hosted_page' | 'embedded_page';
};

/**
 * A checkout session for the organization's plan: the hosted page, or the embedded form where the browser has
 * loaded Stripe's script. An open session for the same is used again and any other is closed, so that an
 * organization has one payment page at a time and pressing twice pays once.
 * @throws AppError when Stripe cannot be reached, or CONFLICT when the trial has been used.
 */
export async function createCheckout(
  organizationId: string,
  plan: PlanId,
  { interval = 'month', hasTrial = false, mode = 'hosted_page' }: CheckoutOptions = {},
): Promise<Checkout> {
  return reach(
    (async () => {
      if (hasTrial) await claimTrial(organizationId);
      const organization = await organizationModel
        .findById(objectId(organizationId, 'organization'))
        .select('country email subscription.currency')
        .orFail(new AppError('NOT_FOUND', 'We could not find that organization.'))
        .lean();
      const { priceId } = await ensurePrice(plan, interval, currencyFor(organization));
      const customer = await customerOf(organizationId);
      // A sign-up that is gone through again may say other details than its customer was made with.
      const details = organization.subscription ? null : await findKnownDetails(organization._id);
      if (details) await putDetails(customer, details, organization.email);
      const metadata = { organizationId, plan, interval, trial: hasTrial ? 'yes' : 'no' };
      const sessions = await stripe().checkout.sessions.list({ customer, limit: 20 });
      const open = sessions.data.filter(({ status }) => status === 'open');
      const isSame = (session: Stripe.Checkout.Session) =>
        session.ui_mode === mode &&
        session.metadata?.price === priceId &&
        session.metadata.trial === metadata.trial;
      const known = open.find(isSame);
      for (const other of open) {
        if (other.id !== known?.id) await stripe().checkout.sessions.expire(other.id);
      }
      if (known) return toCheckout(known);
      const base = env().NEXTAUTH_URL;
      const status = `${base}/signup/status?session_id={CHECKOUT_SESSION_ID}`;
      const session = await stripe().checkout.sessions.create(
        {
          mode: 'subscription',
          ui_mode: mode,
          customer,
          client_reference_id: organizationId,
          line_items: [{ price: priceId, quantity: 1 }],
          metadata: { ...metadata, price: priceId },
          subscription_data: { metadata, ...(hasTrial ? { trial_period_days: TRIAL_DAYS } : {}) },
          allow_promotion_codes: true,
          ...(await taxParams(organizationId)),
          ...(mode === 'hosted_page'
            ? { success_url: status, cancel_url: `${base}/signup/status?canceled=1` }
            : { return_url: status }),
        },
        // One create per number of sessions seen: a double click replays, a later attempt is new.
        {
          idempotencyKey: `checkout:${organizationId}:${priceId}:${metadata.trial}:${mode}:${sessions.data.length}`,
        },
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

/**
 * Whether a checkout session that the browser brought back is paid, and whose it is. Null when it is unknown.
 */
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

/**
 * Where an organization that cannot be entered pays: its open invoice, or a new subscription to its plan
 * where the old one has ended.
 * @throws AppError CONFLICT when nothing is owed.
 */
export async function createPayAddress(organizationId: string): Promise<string> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('status plan subscriptionId subscription')
    .orFail(new AppError('NOT_FOUND', 'We could not find that organization.'))
    .lean();
  if (organization.status === 'canceled' || organization.status === 'pending_payment') {
    const interval = organization.subscription?.interval ?? 'month';
    return (await createCheckout(organizationId, organization.plan, { interval })).url;
  }
  const { subscriptionId } = organization;
  const address = subscriptionId
    ? await reach(
        stripe()
          .subscriptions.retrieve(subscriptionId)
          .then(({ customer }) => pageToPay(typeof customer === 'string' ? customer : customer.id)),
      )
    : null;
  if (address) return address;
  throw new AppError('CONFLICT', 'Nothing is owed at the moment. Please try to sign in.');
}

/** Stripe's page of the oldest invoice that is owed; a draft is issued first. */
async function pageToPay(customerId: string): Promise<string | null | undefined> {
  const [oldest] = await owedInvoices(customerId);
  if (oldest?.status !== 'draft') return oldest?.hosted_invoice_url;
  const issued = await stripe().invoices.finalizeInvoice(oldest.id ?? '', { auto_advance: false });
  return issued.hosted_invoice_url;
}
