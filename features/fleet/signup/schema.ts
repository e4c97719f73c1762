import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { invoiceAtSignup } from '@/features/subscription/invoice-details/schema';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { signupDetailsInput } from '@/lib/organizations/details';

/** Steps 1 and 2 together: what is submitted in the end. */
export const signupInput = z.object({
  ...signupDetailsInput.shape,
  ...invoiceAtSignup,
  plan: z.enum(PLAN_IDS, 'Choose a plan.'),
  interval: z.enum(INTERVALS, 'Choose how to pay: by the month or by the year.').default('month'),
  /** Pay at once, or begin with the free days. */
  start: z.enum(['paid', 'trial'], 'Choose how to begin.').default('paid'),
  /** Binds the organization to the agreements of today (features/subscription/agreements). */
  accepts: z.literal('on', 'Tick the box to accept the terms, or ask us what is unclear.'),
  salesNote: z.string().trim().max(2_000, 'Use at most 2,000 characters.').optional(),
});

export type SignupInput = z.output<typeof signupInput>;
