'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { PLANS } from '@/features/subscription/billing/plans';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  attemptInput,
  cancelInput,
  changePlanInput,
  pauseInput,
  previewChangeInput,
  scheduleChangeInput,
} from './schema';
import {
  acceptDiscount,
  cancelAtPeriodEnd,
  cardPage,
  keepPlan,
  keepSubscription,
  pauseSubscription,
  previewChange,
  reactivate,
  resumeSubscription,
  retryPayment,
  scheduleChange,
  upgradeNow,
} from './service';

const AT_STRIPE = 'Stripe keeps the subscription; what it says is written by syncSubscription.';

export const previewChangeAction = staffAction({
  permission: 'billing:write',
  input: previewChangeInput,
  audit: 'billing.change.preview',
  entryAfter: AT_STRIPE,
  run: (ctx, input) => previewChange(ctx, input),
});

export const upgradeNowAction = staffAction({
  permission: 'billing:write',
  input: changePlanInput,
  audit: 'billing.upgrade',
  entryAfter: AT_STRIPE,
  target: ({ plan, interval }) => `plan:${plan}:${interval}`,
  run: async (ctx, input) => {
    await upgradeNow(ctx, input);
    revalidatePath(paths.billing);
    return { plan: input.plan };
  },
  message: ({ plan }) => `Your organization is on ${PLANS[plan].name} now.`,
});

export const scheduleChangeAction = staffAction({
  permission: 'billing:write',
  input: scheduleChangeInput,
  audit: 'billing.downgrade',
  entryAfter: AT_STRIPE,
  target: ({ plan, interval }) => `plan:${plan}:${interval}`,
  run: async (ctx, input) => {
    await scheduleChange(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'The change is set. You can undo it until it happens.',
});

export const keepPlanAction = staffAction({
  permission: 'billing:write',
  input: attemptInput,
  audit: 'billing.downgrade.undo',
  entryAfter: AT_STRIPE,
  run: async (ctx, input) => {
    await keepPlan(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your plan stays as it is.',
});

export const cancelSubscriptionAction = staffAction({
  permission: 'billing:write',
  input: cancelInput,
  audit: 'billing.cancel',
  entryAfter: AT_STRIPE,
  target: ({ reason }) => `reason:${reason}`,
  run: async (ctx, input) => {
    await cancelAtPeriodEnd(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your subscription ends with the period you have paid for.',
});

export const keepSubscriptionAction = staffAction({
  permission: 'billing:write',
  input: attemptInput,
  audit: 'billing.cancel.undo',
  entryAfter: AT_STRIPE,
  run: async (ctx, input) => {
    await keepSubscription(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your subscription goes on.',
});

export const acceptDiscountAction = staffAction({
  permission: 'billing:write',
  input: attemptInput,
  audit: 'billing.discount.accept',
  entryAfter: AT_STRIPE,
  run: async (ctx, input) => {
    await acceptDiscount(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'The discount counts from your next invoice.',
});

export const pauseSubscriptionAction = staffAction({
  permission: 'billing:write',
  input: pauseInput,
  audit: 'billing.pause',
  entryAfter: AT_STRIPE,
  target: ({ months }) => `months:${months}`,
  run: async (ctx, input) => {
    await pauseSubscription(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your subscription pauses at the end of the period you have paid for.',
});

export const resumeSubscriptionAction = staffAction({
  permission: 'billing:write',
  input: attemptInput,
  audit: 'billing.resume',
  entryAfter: AT_STRIPE,
  run: async (ctx, input) => {
    await resumeSubscription(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your subscription goes on.',
});

export const retryPaymentAction = staffAction({
  permission: 'billing:write',
  input: attemptInput,
  audit: 'billing.payment.retry',
  entryAfter: AT_STRIPE,
  run: async (ctx, input) => {
    await retryPayment(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'The invoice is paid. Thank you.',
});

export const updateCardAction = staffAction({
  permission: 'billing:write',
  input: z.object({}),
  audit: 'billing.card.open',
  entryAfter: AT_STRIPE,
  run: async (ctx) => ({ url: await cardPage(ctx) }),
});

export const reactivateAction = staffAction({
  permission: 'billing:write',
  input: z.object({}),
  audit: 'billing.reactivate',
  entryAfter: AT_STRIPE,
  run: async (ctx) => ({ url: await reactivate(ctx.organizationId) }),
});
