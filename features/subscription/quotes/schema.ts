import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { readDecimal } from '@/lib/currency';
import { id, textOrEmpty, ticked } from '@/lib/fields';
import { PROMISES } from './policy';

const organizationId = id('We could not find that organization.');

/** As people write it; how many decimals it may have depends on the customer's currency. */
const amount = z
  .string()
  .trim()
  .transform((value) => readDecimal(value))
  .pipe(z.string('Write an amount such as 1200 or 1,200.50.'))
  .refine((value) => Number(value) >= 1, 'Ask for at least 1.')
  .refine((value) => Number(value) <= 99_999_999, 'Ask for less.');

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
    /** Hundredths of a per cent; empty promises nothing. */
    availability: z
      .enum(['', ...PROMISES.map(String)], 'Choose what is promised.')
      .default('')
      .transform((value) => (value === '' ? null : Number(value))),
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
