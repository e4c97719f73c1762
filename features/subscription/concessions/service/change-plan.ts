import 'server-only';
import { createHash } from 'node:crypto';
import { PLANS } from '@/features/subscription/billing/plans';
import { intervalOf } from '@/features/subscription/billing/snapshot';
import { changeKind } from '@/features/subscription/plan-changes/policy';
import { liveSubscription, planOf } from '@/features/subscription/plan-changes/reach';
import { scheduleChange, upgradeNow } from '@/features/subscription/plan-changes/service';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError } from '@/lib/errors';
import { reach } from '@/lib/stripe/failures';
import type { ChangeTermsInput } from '../schema';
import { noteTerms, payingCustomer, pressAt } from './at-stripe';

/**
 * Changes a customer's plan for them, by the rules that the owner has: more at once, less at the end of what
 * is paid for. What is more can be given without a charge until the renewal.
 * @returns what will be, in words. @throws AppError NOT_FOUND, CONFLICT, PAYMENT_REQUIRED when the card is
 * declined.
 */
export async function changeTerms(
  ctx: PlatformContext,
  input: ChangeTermsInput,
  now = new Date(),
): Promise<string> {
  const { organizationId, plan, interval, charge, reason } = input;
  await payingCustomer(organizationId);
  const live = await reach(liveSubscription(organizationId));
  if (planOf(live) === 'enterprise')
    throw new AppError('CONFLICT', 'Their price and limits are agreed. Send them a new quote instead.');
  const kind = changeKind({ plan: planOf(live), interval: intervalOf(live.item.price) }, { plan, interval });
  if (kind === 'none') throw new AppError('CONFLICT', 'They have these terms already.');
  const attempt = createHash('sha256').update(pressAt(ctx, 'terms')).digest('hex').slice(0, 32);
  const terms = `${PLANS[plan].name}, paid by the ${interval}`;
  if (kind === 'now') {
    const prorationDate = Math.floor(now.getTime() / 1_000);
    const isFreeUntilRenewal = charge === 'nothing';
    // Another interval begins a new period at Stripe, whose whole is charged whatever is said of the old one.
    const beginsPeriod = intervalOf(live.item.price) !== interval && live.subscription.status !== 'trialing';
    if (isFreeUntilRenewal && beginsPeriod)
      throw new AppError(
        'INVALID_INPUT',
        'Another interval begins a new period, which is charged. Keep the interval, or charge the difference.',
        { field: 'charge' },
      );
    await upgradeNow({ organizationId }, { plan, interval, attempt, prorationDate }, now, {
      isFreeUntilRenewal,
    });
    await noteTerms(ctx, `${terms}, at once${isFreeUntilRenewal ? ', without a charge' : ''}`, reason);
    return `${terms}, from now on`;
  }
  await scheduleChange({ organizationId }, { plan, interval, attempt });
  await noteTerms(ctx, `${terms}, at the end of the period`, reason);
  return `${terms}, from the end of what is paid for`;
}
