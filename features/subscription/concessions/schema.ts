import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { id, text } from '@/lib/fields';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { DISCOUNT_MONTHS, MOST_TRIAL_DAYS } from './policy';

const organizationId = id('We could not find that organization.');
const reason = text(300, 'Say why, in at least 5 letters.', 5);

/** As people write it; what it is in the smallest unit depends on the customer's currency. */
const amount = z
  .string('Enter an amount.')
  .trim()
  .regex(/^[\d,]{1,13}(\.\d{1,3})?$/, 'Enter an amount such as 99 or 99.50.');

export const giveCreditInput = z.object({ organizationId, amount, reason });
export type GiveCreditInput = z.output<typeof giveCreditInput>;

export const giveDiscountInput = z.object({
  organizationId,
  percent: z.coerce
    .number('Enter a percentage such as 20.')
    .int('Enter whole per cent.')
    .min(1, 'Give at least 1 %.')
    .max(100, 'Give at most 100 %.'),
  months: z.enum(DISCOUNT_MONTHS, 'Choose for how long.'),
  reason,
});
export type GiveDiscountInput = z.output<typeof giveDiscountInput>;

export const extendTrialInput = z.object({
  organizationId,
  days: z.coerce
    .number('Enter a number of days.')
    .int('Enter whole days.')
    .min(1, 'Add at least one day.')
    .max(MOST_TRIAL_DAYS, `Add at most ${MOST_TRIAL_DAYS} days.`),
  reason,
});
export type ExtendTrialInput = z.output<typeof extendTrialInput>;

export const changeTermsInput = z.object({
  organizationId,
  plan: z.enum(PLAN_IDS).exclude(['enterprise']),
  interval: z.enum(INTERVALS),
  /** Of a larger plan at once: whether the difference to the renewal is charged. */
  charge: z.enum(['difference', 'nothing']).default('difference'),
  reason,
});
export type ChangeTermsInput = z.output<typeof changeTermsInput>;
