import { z } from 'zod';
import { isBeyondAmounts, MOST_AMOUNT, readDecimal } from '@/lib/currency';
import { optionalTaxNumber, optionalText, textOrEmpty, ticked, version } from '@/lib/fields';

/** An amount as people type it, as a decimal text; the service knows the currency. Empty is undefined. */
export const typedAmount = (label: string) =>
  z
    .string()
    .trim()
    .max(60, `Enter ${label} as a number such as 1250.50.`)
    .optional()
    .transform((value, ctx) => {
      if (!value) return undefined;
      const decimal = readDecimal(value);
      if (decimal !== null) return decimal;
      const message = isBeyondAmounts(value)
        ? `Enter ${label}, at most ${MOST_AMOUNT}.`
        : `Enter ${label} as a number such as 1250.50.`;
      ctx.addIssue({ code: 'custom', message });
      return z.NEVER;
    });

export const requiredAmount = (label: string) =>
  typedAmount(label)
    .refine((value) => value !== undefined, `Enter ${label}.`)
    .transform((value) => value ?? '0');

/** A percentage as typed, with two decimals, in basis points; empty is undefined. */
export const percent = (label: string) =>
  z
    .string()
    .trim()
    .regex(/^(\d{1,3}(\.\d{1,2})?)?$/, `Enter ${label} as a number such as 10.`)
    .optional()
    .transform((value) => (value ? Math.round(Number(value) * 100) : undefined))
    .refine((value) => value === undefined || value <= 10_000, `Enter ${label} of at most 100.`);

const wholeNumber = (label: string, max: number) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .regex(/^\d{1,4}$/, `Enter ${label} as a whole number.`)
    .transform(Number)
    .refine((value) => value <= max, `Enter ${label}, at most ${max}.`);

/** The longest prefix that leaves a bill number at 16 characters. */
export const MAX_PREFIX = 3;

export const billSettingsInput = z.object({
  legalName: optionalText(120),
  address: optionalText(300),
  taxNumber: optionalTaxNumber,
  numberPrefix: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z0-9]{1,3})?$/, `Use at most ${MAX_PREFIX} letters or digits.`)
    .default(''),
  upiAddress: z
    .string()
    .trim()
    .regex(/^([\w.-]{2,64}@[a-zA-Z][\w.-]{1,40})?$/, 'Enter a UPI address such as hospital@bank.')
    .transform((value) => value || undefined)
    .optional(),
  reviewDays: wholeNumber('the days', 365).default(7),
  discountLimit: percent('the limit'),
  cashLimit: typedAmount('the limit'),
  isRounded: ticked,
  footer: textOrEmpty(200),
});
export type BillSettingsInput = z.output<typeof billSettingsInput>;

/** As the page posts them, with the version that it was opened with. */
export const updateBillSettingsInput = billSettingsInput.extend({ version });
