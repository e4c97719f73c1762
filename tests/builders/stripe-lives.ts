import { postForm, typedCard } from '@chakravue/stripe-emulator/test-support';
import { ensurePrice } from '@/features/subscription/billing/catalog';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization } from './billed-organization';

const DAY = 86_400;
const GOOD_CARD = '4242424242424242';
const BAD_CARD = '4000000000000341';

/** What may happen to a subscription; `deliver` is when some of the events so far arrive. */
export const STEPS = [
  'fourDays',
  'month',
  'periodEnd',
  'badCard',
  'goodCard',
  'retry',
  'upgrade',
  'yearly',
  'stop',
  'goOn',
  'pause',
  'resume',
  'refund',
  'halfRefund',
  'dispute',
  'disputeWon',
  'cancel',
  'startAgain',
  'deliver',
] as const;
export type Step = (typeof STEPS)[number];

/** How a life begins: paid at once, or free days with a card that will or will not be charged. */
export const BEGINNINGS = ['paid', 'trial', 'trialWithBadCard'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

type Control = (path: string, body?: object) => Promise<{ status: number; body: unknown }>;
export type Life = { organizationId: string; customerId: string; clockId: string; subscriptionId: string };

async function pay(control: Control, organizationId: string, beginning: Beginning): Promise<string> {
  const { sessionId } = await createCheckout(organizationId, 'starter', { hasTrial: beginning !== 'paid' });
  const card = beginning === 'trialWithBadCard' ? BAD_CARD : GOOD_CARD;
  const { status } = await control(`checkout/${sessionId}/complete`, { card });
  if (status !== 200) throw new Error('The first payment failed');
  return String((await stripe().checkout.sessions.retrieve(sessionId)).subscription);
}

/** A hospital whose customer lives on a test clock, with its first subscription. */
export async function beginLife(control: Control, beginning: Beginning): Promise<Life> {
  const organizationId = await billedOrganization();
  const clock = await stripe().testHelpers.testClocks.create({ frozen_time: Math.floor(Date.now() / 1_000) });
  const customer = await stripe().customers.create({
    email: `${organizationId}@hospital.test`,
    test_clock: clock.id,
    metadata: { organizationId },
  });
  await organizationModel.updateOne(
    { _id: objectId(organizationId) },
    { $set: { stripeCustomerId: customer.id } },
  );
  const subscriptionId = await pay(control, organizationId, beginning);
  return { organizationId, customerId: customer.id, clockId: clock.id, subscriptionId };
}

/** The time of a life's clock, in seconds. */
export const timeOf = async ({ clockId }: Life): Promise<number> =>
  (await stripe().testHelpers.testClocks.retrieve(clockId)).frozen_time;

async function advance(life: Life, to: number): Promise<void> {
  if (to > (await timeOf(life)))
    await stripe().testHelpers.testClocks.advance(life.clockId, { frozen_time: to });
}

/** A refused card is one of the things that happen; anything else is a failure of the test. */
async function mayBeDeclined(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'card_declined')) throw error;
  });
}

async function newCard(life: Life, number: string): Promise<void> {
  const { url } = await stripe().billingPortal.sessions.create({ customer: life.customerId });
  await postForm(`${url}/card`, { subscription: life.subscriptionId, ...typedCard(number) });
}

/** The newest payment of a customer that stands as it was made. */
async function untouchedCharge({ customerId }: Life) {
  const { data } = await stripe().charges.list({ customer: customerId, limit: 100 });
  return data.find((charge) => charge.paid && !charge.refunded && !charge.disputed);
}

async function openDispute({ customerId }: Life) {
  const { data } = await stripe().charges.list({ customer: customerId, limit: 100 });
  for (const charge of data.filter(({ disputed }) => disputed)) {
    const disputes = await stripe().disputes.list({ charge: charge.id });
    const open = disputes.data.find(({ status }) => status === 'needs_response');
    if (open) return open;
  }
  return undefined;
}

/** Whether a payment of this customer is disputed and nobody has decided. */
export const hasOpenDispute = async (life: Life): Promise<boolean> => Boolean(await openDispute(life));

async function changePrice(
  life: Life,
  item: string,
  plan: 'starter' | 'professional',
  interval: 'month' | 'year',
) {
  const { priceId } = await ensurePrice(plan, interval);
  const change = stripe().subscriptions.update(life.subscriptionId, {
    items: [{ id: item, price: priceId }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'error_if_incomplete',
  });
  await mayBeDeclined(change);
}

/** Lets one thing happen, where it can. @returns the life with the subscription that is now its own */
export async function takeStep(step: Step, life: Life, control: Control): Promise<Life> {
  const subscription = await stripe().subscriptions.retrieve(life.subscriptionId);
  const isOver = subscription.status === 'canceled';
  const [item] = subscription.items.data;
  const now = await timeOf(life);
  switch (step) {
    case 'fourDays':
      await advance(life, now + 4 * DAY);
      return life;
    case 'month':
      await advance(life, now + 31 * DAY);
      return life;
    case 'refund':
    case 'halfRefund': {
      const charge = await untouchedCharge(life);
      const amount =
        step === 'refund'
          ? {}
          : { amount: Math.ceil(((charge?.amount ?? 0) - (charge?.amount_refunded ?? 0)) / 2) };
      if (charge) await stripe().refunds.create({ charge: charge.id, ...amount });
      return life;
    }
    case 'dispute': {
      const charge = await untouchedCharge(life);
      if (charge) await control(`charges/${charge.id}/dispute`);
      return life;
    }
    case 'disputeWon': {
      const dispute = await openDispute(life);
      if (dispute)
        await stripe().disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } });
      return life;
    }
    case 'startAgain':
      return isOver ? { ...life, subscriptionId: await pay(control, life.organizationId, 'paid') } : life;
    case 'deliver':
      return life;
  }
  if (isOver || !item) return life;
  switch (step) {
    case 'periodEnd':
      await advance(life, item.current_period_end);
      break;
    case 'badCard':
    case 'goodCard':
      await newCard(life, step === 'badCard' ? BAD_CARD : GOOD_CARD);
      break;
    case 'retry': {
      const { data } = await stripe().invoices.list({ subscription: life.subscriptionId, status: 'open' });
      const oldest = data.at(-1)?.id;
      if (oldest) await mayBeDeclined(stripe().invoices.pay(oldest));
      break;
    }
    case 'upgrade':
      await changePrice(life, item.id, 'professional', 'month');
      break;
    case 'yearly':
      await changePrice(life, item.id, 'starter', 'year');
      break;
    case 'stop':
    case 'goOn':
      await stripe().subscriptions.update(life.subscriptionId, { cancel_at_period_end: step === 'stop' });
      break;
    case 'pause':
      await stripe().subscriptions.update(life.subscriptionId, { pause_collection: { behavior: 'void' } });
      break;
    case 'resume':
      await stripe().subscriptions.update(life.subscriptionId, { pause_collection: '' });
      break;
    case 'cancel':
      await stripe().subscriptions.cancel(life.subscriptionId);
      break;
  }
  return life;
}
