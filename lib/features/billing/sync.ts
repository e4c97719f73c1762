import 'server-only';
import type Stripe from 'stripe';
import { notFoundError } from '@/lib/errors';
import { enqueue, wakeWorker } from '@/lib/jobs/queue';
import { logger } from '@/lib/logger';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { stripe } from '@/lib/stripe/client';
import { recordRevenueMovement } from '../revenue/ledger';
import { featuresOf } from './grants';
import { isLive, stateAfterSync } from './policy';

const isPlanId = (value: string | undefined): value is PlanId =>
  (PLAN_IDS as readonly (string | undefined)[]).includes(value);

function snapshot(subscription: Stripe.Subscription, readAt: Date) {
  const item = subscription.items.data[0];
  if (!item) throw new Error(`Subscription ${subscription.id} has no items`);
  const plan = [item.price.metadata.plan, subscription.metadata.plan].find(isPlanId);
  if (!plan) throw new Error(`Subscription ${subscription.id} names no plan of ours`);
  return {
    plan,
    subscription: {
      status: String(subscription.status),
      plan,
      priceCents: item.price.unit_amount ?? 0,
      currency: item.price.currency,
      interval: item.price.recurring?.interval === 'year' ? ('year' as const) : ('month' as const),
      quantity: item.quantity ?? 1,
      currentPeriodEnd: new Date(item.current_period_end * 1_000),
      cancelAtPeriodEnd: subscription.cancel_at_period_end,
      ...(subscription.canceled_at ? { canceledAt: new Date(subscription.canceled_at * 1_000) } : {}),
      syncedAt: readAt,
    },
  };
}

/**
 * Reads what Stripe says about a customer now and writes it: subscription, limits, state; a first payment also asks for
 * a database. Nothing of an event but the customer's id is used, so any event, in any order, any number of times gives
 * the same organization.
 * @returns the organization's id. @throws AppError NOT_FOUND for a customer that is not ours.
 */
export async function syncSubscription(customerId: string): Promise<string> {
  const [organizations, provisionings] = [await organizationModel(), await provisioningModel()];
  const known = await organizations.findOne({ stripeCustomerId: customerId }).select('_id').lean();
  if (!known) throw notFoundError('customer');
  const organizationId = known._id.toString();

  const readAt = new Date();
  const { data } = await stripe().subscriptions.list({ customer: customerId, status: 'all', limit: 100 });
  const live = data.filter(isLive);
  if (live.length > 1)
    logger.error({ organizationId, subscriptions: live.map(({ id }) => id) }, 'two live subscriptions');
  const current = live[0] ?? data[0] ?? null;
  const facts = current ? snapshot(current, readAt) : null;

  await masterTransaction(async (session) => {
    const organization = await organizations.findById(known._id).session(session).orFail().lean();
    // A slower reader must not overwrite what a later one saw.
    if (organization.subscription && organization.subscription.syncedAt > readAt) return;
    // A placement alone is not a database: until every step is done, provisioning goes on.
    const isReady = await provisionings
      .exists({ organizationId: known._id, step: 'active' })
      .session(session);
    const state = stateAfterSync(organization.status, current, Boolean(isReady));
    const hasChangedPlan =
      facts && isLive(facts.subscription) && organization.subscription?.plan !== facts.plan;
    const set = {
      status: state,
      ...(state === organization.status ? {} : { statusSince: readAt }),
      ...(current && facts
        ? {
            subscriptionId: current.id,
            subscription: facts.subscription,
            expiresAt: facts.subscription.currentPeriodEnd,
          }
        : {}),
      // Limits are granted with the plan, not with each event: an agreed limit stays.
      ...(hasChangedPlan ? { plan: facts.plan, features: featuresOf(facts.plan) } : {}),
    };
    await organizations.updateOne({ _id: known._id }, { $set: set }, { session });
    if (current && facts)
      await recordRevenueMovement(session, known._id, {
        ...facts.subscription,
        id: current.id,
        endedAt: current.ended_at,
      });
    if (state === 'provisioning') await enqueue('organization.provision', organizationId, {}, { session });
  });
  wakeWorker();
  return organizationId;
}
