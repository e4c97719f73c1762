import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { id, textOrEmpty, ticked } from '@/lib/fields';

const organizationId = id('We could not find that organization.');

const amount = z
  .string()
  .trim()
  .transform((value) => (/^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(value) ? value.replaceAll(',', '') : value))
  .pipe(z.string().regex(/^\d{1,7}(\.\d{1,2})?$/, 'Write an amount such as 1200 or 1,200.50.'))
  .transform((value) => Math.round(Number(value) * 100))
  .pipe(z.number().min(100, 'Ask for at least 1.').max(99_999_900));

/** Empty means unlimited; a zero would lock everybody out. */
const orUnlimited = (most: number, what: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,7}$/, `Write ${what}, or leave it empty for no limit.`)
    .transform((value) => (value === '' ? null : Number(value)))
    .pipe(z.number().int().min(1, 'Use at least 1, or leave it empty for no limit.').max(most).nullable());

export const sendQuoteInput = z
  .object({
    organizationId,
    price: amount,
    interval: z.enum(INTERVALS),
    maxUsers: orUnlimited(100_000, 'how many people'),
    maxStorageGib: orUnlimited(1_000_000, 'how many GiB'),
    validDays: z.coerce.number('Write a number of days.').int().min(1).max(90),
    note: textOrEmpty(1_000),
    place: z.enum(['dedicated', 'shared'], 'Say where the database will live.').default('dedicated'),
    isSharedAgreed: ticked,
  })
  .refine(({ place, isSharedAgreed }) => place === 'dedicated' || isSharedAgreed, {
    path: ['isSharedAgreed'],
    message: 'Confirm that a shared cluster is what was agreed.',
  });
export type SendQuoteInput = z.output<typeof sendQuoteInput>;

export const quoteIdInput = z.object({
  organizationId,
  quoteId: id('We could not find that quote.'),
});

export const askForOfferInput = z.object({
  expectedUsers: z.coerce
    .number('Enter how many people will work with it.')
    .int('Enter a whole number.')
    .min(1, 'Enter at least 1.')
    .max(100_000, 'Enter at most 100,000.'),
  note: textOrEmpty(1_000),
});
export type AskForOfferInput = z.output<typeof askForOfferInput>;

export const agreeSharedInput = z.object({ organizationId });
export const acceptQuoteInput = z.object({ quoteId: id('We could not find that offer.') });

export const quoteTokenInput = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) });
