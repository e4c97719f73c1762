import 'server-only';
import { currencyFor } from '@/features/subscription/billing/catalog';
import { customerOf, taxParams } from '@/features/subscription/billing/checkout';
import { isLive } from '@/features/subscription/billing/policy';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { signupToken } from '@/lib/auth/progress-token';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { minorOf } from '@/lib/currency';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { userModel } from '@/lib/master/models/user';
import { formatBytes, formatMoney } from '@/lib/money';
import { newObjectId, objectId } from '@/lib/mongo';
import { shownState } from '@/lib/organizations/standing';
import { paths } from '@/lib/paths';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import { dayOf, formatDay } from '@/lib/time';
import { wakeWorker } from '@/lib/work/queue';
import { canSendQuote, inPercent, PLACE_LABEL, quoteState } from '../policy';
import type { SendQuoteInput } from '../schema';

const GIB = 1024 ** 3;

async function hasLiveSubscription(customer: string): Promise<boolean> {
  const { data } = await stripe().subscriptions.list({ customer, status: 'all', limit: 20 });
  return data.some(isLive);
}

/**
 * Offers agreed limits at an agreed price: a Stripe price that carries both, and a mail to the owner with a
 * link to pay.
 * Earlier offers to the same organization are withdrawn, so that only one can be paid.
 * Who pays already is moved up by taking it on the billing page.
 * @throws AppError CONFLICT for an organization that owes something, or is being set up or closed.
 */
export async function sendQuote(
  ctx: PlatformContext,
  input: SendQuoteInput,
  now = new Date(),
): Promise<void> {
  const organization = await organizationModel
    .findById(objectId(input.organizationId, 'organization'))
    .select(
      'organizationName email country status timeZone ownerId nonPayment subscription.status subscription.currency suspension',
    )
    .lean();
  if (!organization) throw notFoundError('organization');
  const { status, subscription, nonPayment, suspension } = organization;
  const canSend = canSendQuote({
    status: shownState({ status, suspension }),
    owes: Boolean(nonPayment),
    subscriptionStatus: subscription?.status,
  });
  if (!canSend) {
    throw new AppError(
      'CONFLICT',
      'A quote is for an organization that asked for an offer, has a subscription, has not paid yet, or has left. This one owes something, is suspended, or is being set up or closed.',
    );
  }
  const hasSubscription = status === 'active' || status === 'read_only';
  const owner = await userModel.findById(organization.ownerId).select('name email').lean();
  const currency = currencyFor(organization);
  const priceCents = minorOf(input.price, currency.toUpperCase());
  if (priceCents === null)
    throw new AppError('INVALID_INPUT', `Enter an amount as ${currency.toUpperCase()} has it.`, {
      field: 'price',
    });
  const [id, token] = [newObjectId(), randomToken()];
  const maxStorageBytes = input.maxStorageGib === null ? null : input.maxStorageGib * GIB;
  const price = async () => {
    await customerOf(input.organizationId);
    const product = await stripe().products.create(
      { name: 'Chakravue Enterprise', metadata: { plan: 'enterprise' } },
      { idempotencyKey: 'product:enterprise' },
    );
    return stripe().prices.create(
      {
        product: product.id,
        currency,
        unit_amount: priceCents,
        recurring: { interval: input.interval },
        nickname: organization.organizationName,
        metadata: {
          plan: 'enterprise',
          quoteId: id.toString(),
          organizationId: input.organizationId,
          maxUsers: input.maxUsers === null ? 'unlimited' : String(input.maxUsers),
          maxStorageBytes: maxStorageBytes === null ? 'unlimited' : String(maxStorageBytes),
        },
      },
      { idempotencyKey: `quote-price:${id.toString()}` },
    );
  };
  const { id: priceId } = await reach(price());
  const expiresAt = new Date(now.getTime() + input.validDays * 86_400_000);
  const to = owner?.email ?? organization.email;
  const day = formatDay(dayOf(expiresAt, organization.timeZone));
  const mail = composeMail({
    to,
    subject: `Your offer for ${organization.organizationName}`,
    name: owner?.name ?? organization.organizationName,
    paragraphs: [
      `Here is what we agreed for ${organization.organizationName}: Chakravue Enterprise at ${formatMoney(priceCents, currency)} a ${input.interval}, with ${input.maxUsers === null ? 'as many staff accounts as you need' : `${input.maxUsers} staff accounts`} and ${maxStorageBytes === null ? 'storage without a limit' : `${formatBytes(maxStorageBytes)} of storage`}. Your database: ${PLACE_LABEL[input.place].toLowerCase()}.${input.availability === null ? '' : ` It answers at least ${inPercent(input.availability)} of the time in each month, or you get credit.`}`,
      ...(input.note ? [input.note] : []),
      hasSubscription
        ? `The link shows the offer and leads to billing, where you take it. It stands until ${day}; until you take it everything stays as it is.`
        : `The link shows the offer and leads to the payment. It works until ${day}; your workspace is made as soon as the payment is in.`,
    ],
    button: { label: 'See the offer and pay', url: `${env().NEXTAUTH_URL}${paths.quote(token)}` },
  });
  await auditedMasterWrite(ctx, async (session) => {
    await quoteModel.updateMany(
      { organizationId: organization._id, state: 'sent' },
      { $set: { state: 'withdrawn', withdrawnAt: now } },
      { session },
    );
    await quoteModel.create(
      [
        {
          _id: id,
          organizationId: organization._id,
          state: 'sent',
          priceCents,
          currency,
          interval: input.interval,
          maxUsers: input.maxUsers,
          maxStorageBytes,
          ...(input.note ? { note: input.note } : {}),
          place: input.place,
          ...(input.availability === null ? {} : { availability: input.availability }),
          ...(input.place === 'shared' ? { sharedBy: ctx.actor.name } : {}),
          priceId,
          tokenHash: hashToken(token),
          sentTo: to,
          sentBy: ctx.actor.name,
          expiresAt,
        },
      ],
      { session },
    );
    await enqueueMail(`quote:${id.toString()}`, mail, { session, organizationId: input.organizationId });
  });
  wakeWorker();
}

/** Takes an offer back. @throws AppError CONFLICT when it is paid. */
export async function withdrawQuote(
  ctx: PlatformContext,
  input: { organizationId: string; quoteId: string },
  now = new Date(),
): Promise<void> {
  const mine = { _id: objectId(input.quoteId, 'quote'), organizationId: objectId(input.organizationId) };
  const quote = await quoteModel.findOne(mine).lean();
  if (!quote) throw notFoundError('quote');
  if (quote.state === 'paid')
    throw new AppError('CONFLICT', 'This quote is paid, so it cannot be withdrawn.');
  await auditedMasterWrite(ctx, (session) =>
    quoteModel.updateOne(
      { ...mine, state: 'sent' },
      { $set: { state: 'withdrawn', withdrawnAt: now } },
      { session },
    ),
  );
  // A payment page that is open must not take money for it any more.
  const close = async () => {
    const customer = await customerOf(input.organizationId);
    const { data } = await stripe().checkout.sessions.list({ customer, status: 'open', limit: 100 });
    for (const session of data) {
      if (session.metadata?.quoteId === input.quoteId) await stripe().checkout.sessions.expire(session.id);
    }
  };
  await reach(close());
}

/**
 * From the mailed link to Stripe's payment page, or to billing where a subscription lives. An open page of
 * the same quote is used again.
 * @throws AppError NOT_FOUND for a wrong link, CONFLICT for one that is paid, withdrawn or too old.
 */
export async function openQuotePayment(token: string, now = new Date()): Promise<string> {
  const quote = await quoteModel.findOne({ tokenHash: hashToken(token) }).lean();
  if (!quote) throw notFoundError('offer');
  const state = quoteState(quote, now);
  if (state !== 'sent') {
    throw new AppError(
      'CONFLICT',
      state === 'paid'
        ? 'This offer is paid already. Sign in to your workspace.'
        : 'This offer can no longer be taken. Ask our sales team for a new one.',
    );
  }
  const organizationId = quote.organizationId.toString();
  const quoteId = quote._id.toString();
  const open = async () => {
    const customer = await customerOf(organizationId);
    // What is paid by a stored card is decided by somebody who is signed in.
    if (await hasLiveSubscription(customer)) return `${env().NEXTAUTH_URL}${paths.billing}`;
    const { data } = await stripe().checkout.sessions.list({ customer, limit: 100 });
    const waiting = data.find(({ status, metadata }) => status === 'open' && metadata?.quoteId === quoteId);
    if (waiting?.url) return waiting.url;
    const metadata = { organizationId, plan: 'enterprise', quoteId };
    const back = `${env().NEXTAUTH_URL}/signup/resume?token=${encodeURIComponent(signupToken(organizationId, now).value)}`;
    const session = await stripe().checkout.sessions.create(
      {
        mode: 'subscription',
        ui_mode: 'hosted_page',
        customer,
        client_reference_id: organizationId,
        line_items: [{ price: quote.priceId, quantity: 1 }],
        metadata,
        subscription_data: { metadata },
        ...(await taxParams(organizationId)),
        // Who comes back with it has paid, and waits for the database.
        success_url: `${back}&session_id={CHECKOUT_SESSION_ID}`,
        cancel_url: `${env().NEXTAUTH_URL}${paths.quote(token)}`,
      },
      { idempotencyKey: `quote-checkout:${quoteId}:${data.length}` },
    );
    return session.url ?? back;
  };
  const url = await reach(open());
  await quoteModel.updateOne({ _id: quote._id, openedAt: null }, { $set: { openedAt: now } });
  return url;
}
