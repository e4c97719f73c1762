import 'server-only';
import { intervalOf } from '@/features/subscription/billing/snapshot';
import { CANCEL_REASONS } from '@/features/subscription/plan-changes/policy';
import { findCustomerId, liveOf, planOf, READ } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { logger } from '@/lib/logger';
import { stripe } from '@/lib/stripe/client';
import { isOutOfReach } from '@/lib/stripe/failures';
import type { Credit } from './policy';

const SHOWN = 20;
const REASON: Readonly<Record<string, string>> = CANCEL_REASONS;

async function readTerms(customer: string) {
  const [owner, transactions, subscriptions] = await Promise.all([
    stripe().customers.retrieve(customer, {}, READ),
    stripe().customers.listBalanceTransactions(customer, { limit: SHOWN }, READ),
    stripe().subscriptions.list({ customer, status: 'all', limit: SHOWN }, READ),
  ]);
  const live = liveOf(customer, subscriptions.data);
  const credits = transactions.data.map(
    ({ id, created, amount, currency, description, type }): Credit => ({
      id,
      at: new Date(created * 1_000).toISOString(),
      cents: Math.abs(amount),
      currency,
      kind: amount < 0 ? 'given' : type === 'applied_to_invoice' ? 'used' : 'taken',
      reason: description,
    }),
  );
  const leaving = subscriptions.data.flatMap(({ id, canceled_at: at, cancellation_details: details }) =>
    details?.feedback || details?.comment
      ? [
          {
            id,
            at: at ? new Date(at * 1_000).toISOString() : null,
            reason: REASON[details.feedback ?? ''] ?? details.feedback ?? null,
            comment: details.comment ?? null,
          },
        ]
      : [],
  );
  return {
    balance: owner.deleted
      ? null
      : { cents: -owner.balance, currency: owner.currency ?? live?.item.price.currency ?? 'usd' },
    credits,
    leaving,
    live: live
      ? {
          plan: planOf(live),
          interval: intervalOf(live.item.price),
          currency: live.item.price.currency,
          trialEnd:
            live.subscription.status === 'trialing' && live.subscription.trial_end
              ? new Date(live.subscription.trial_end * 1_000).toISOString()
              : null,
        }
      : null,
  };
}
export type CustomerTerms = Awaited<ReturnType<typeof readTerms>>;

/**
 * Credit, reasons for leaving and the terms as Stripe has them now; null when it cannot be asked.
 * @throws AppError NOT_FOUND.
 */
export async function getTerms(_ctx: PlatformContext, organizationId: string): Promise<CustomerTerms | null> {
  const customer = await findCustomerId(organizationId);
  if (!customer) return { balance: null, credits: [], leaving: [], live: null };
  try {
    return await readTerms(customer);
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    logger.warn({ err: error, organizationId }, 'Stripe cannot be reached; the terms are not shown');
    return null;
  }
}
