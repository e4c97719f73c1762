import { z } from 'zod';
import { contactEmail, id, optionalTaxNumber, optionalText, revision, text, ticked } from '@/lib/fields';
import { percent } from '../bill-settings/schema';
import { INDIAN_STATES } from '../bill-settings/states';
import { PAYER_KIND_IDS } from './policy';

const wholeDays = z
  .string()
  .trim()
  .regex(/^\d*$/, 'Enter the days as a whole number.')
  .refine((value) => Number(value) <= 999, 'Enter at most 999 days.')
  .default('')
  .transform((value) => (value ? Number(value) : undefined));

/** A state of India, by its code, or none. */
export const optionalState = z
  .string()
  .trim()
  .refine((value) => value === '' || Object.hasOwn(INDIAN_STATES, value), 'Choose a state from the list.')
  .transform((value) => value || undefined)
  .optional();

export const savePayerInput = z
  .object({
    payerId: optionalText(24),
    kind: z.enum(PAYER_KIND_IDS, 'Choose what kind of payer this is.'),
    name: text(120, 'Enter the name.'),
    code: optionalText(40),
    taxNumber: optionalTaxNumber,
    state: optionalState,
    address: optionalText(300),
    contactName: optionalText(80),
    phone: optionalText(40),
    email: optionalText(254).pipe(
      contactEmail('Enter an e-mail address such as name@example.com.').optional(),
    ),
    creditDays: wholeDays,
    tds: percent('the tax withheld'),
    isOwnFund: ticked,
    version: revision.optional(),
  })
  .refine(({ payerId, version }) => !payerId || version, 'Open this again.');
export type SavePayerInput = z.output<typeof savePayerInput>;

export const payerInput = z.object({ payerId: id('This payer is not known.') });
