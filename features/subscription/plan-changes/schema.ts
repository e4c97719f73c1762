import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { CANCEL_REASONS, type CancelReason } from './policy';

/**
 * Made new for each question that is asked of a person: two clicks on one answer are one change at Stripe.
 */
const attempt = z.uuid('Please open this again and try once more.');

const plan = z.enum(PLAN_IDS).exclude(['enterprise']);
const interval = z.enum(INTERVALS);

export const attemptInput = z.object({ attempt });
export const previewChangeInput = z.object({ plan, interval });
export const changePlanInput = z.object({
  attempt,
  plan,
  interval,
  /** The second that the preview was made for, so that what is charged is what was shown. */
  prorationDate: z.coerce.number().int().min(1).max(99_999_999_999),
});
export const scheduleChangeInput = z.object({ attempt, plan, interval });

const REASONS = Object.keys(CANCEL_REASONS) as [CancelReason, ...CancelReason[]];

export const cancelInput = z.object({
  attempt,
  reason: z.enum(REASONS, 'Choose the reason that fits best.'),
  comment: z.string().trim().max(1_000, 'Use at most 1,000 characters.').default(''),
});
export const pauseInput = z.object({
  attempt,
  months: z.coerce.number('Choose one, two or three months.').int().min(1).max(3),
});

/** An address is typed by hand too: what does not fit counts as not said. */
const invoiceId = z
  .string()
  .regex(/^in_[A-Za-z0-9]{1,100}$/)
  .optional()
  .catch(undefined);
export const invoicePageQuery = z.object({ after: invoiceId, before: invoiceId });

/** What Stripe's pages add to the address when they lead back. */
export const returnQuery = z.object({
  checkout: z
    .string()
    .regex(/^cs_[A-Za-z0-9_]{1,200}$/)
    .optional()
    .catch(undefined),
  card: z.literal('updated').optional().catch(undefined),
});
export type InvoicePageQuery = z.output<typeof invoicePageQuery>;
