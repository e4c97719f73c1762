import { z } from 'zod';
import { INTERVALS } from '@/features/subscription/billing/plans';
import { PASSWORD_MIN_LENGTH } from '@/lib/auth/limits';
import { isCountry } from '@/lib/countries';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { isTimeZone } from '@/lib/time';

export const INDUSTRIES = {
  'eye-hospital': 'Eye hospital',
  'eye-clinic': 'Eye clinic',
  'multi-specialty': 'Multi-specialty hospital',
  optometry: 'Optometry practice',
  other: 'Other',
} as const;
export type Industry = keyof typeof INDUSTRIES;
const industryIds = Object.keys(INDUSTRIES) as [Industry, ...Industry[]];

const text = (label: string, max: number, min = 1) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .min(min, min > 1 ? `Enter ${label} with at least ${min} characters.` : `Enter ${label}.`)
    .max(max, `Use at most ${max} characters.`);

/** That it is not a well known one is asked on the server (lib/crypto/common-passwords). */
export const newPassword = z
  .string('Enter a password.')
  .min(
    PASSWORD_MIN_LENGTH,
    `Use at least ${PASSWORD_MIN_LENGTH} characters; a few words in a row are easy to remember.`,
  )
  .max(200, 'Use at most 200 characters.');

const details = {
  organizationName: text('the name of your organization', 120, 2),
  email: z
    .string('Enter your work e-mail.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(z.email('Enter an e-mail address such as name@hospital.com.')),
  phone: text('a phone number', 30).refine(
    (value) => /^\+?[\d\s().-]+$/.test(value) && value.replace(/\D/g, '').length >= 6,
    'Enter a phone number with digits, for example +91 98450 12345.',
  ),
  industry: z.enum(industryIds, 'Choose the kind of organization.'),
  expectedUsers: z
    .string('Enter how many people will use it.')
    .trim()
    .regex(/^\d{1,6}$/, 'Enter how many people will use it, as a number.')
    .transform(Number)
    .pipe(
      z.number().min(1, 'At least one person will use it.').max(100_000, 'Please talk to our sales team.'),
    ),
  country: z.string('Choose a country or region.').refine(isCountry, 'Choose a country or region.'),
  name: text('your name', 100, 2),
  password: newPassword,
  /** From the browser; the organization can change it later. */
  timeZone: z.string().refine(isTimeZone).catch('UTC'),
};

/** Step 1. */
export const signupDetailsInput = z.object(details);
/** Steps 1 and 2 together: what is submitted in the end. */
export const signupInput = z.object({
  ...details,
  plan: z.enum(PLAN_IDS, 'Choose a plan.'),
  interval: z.enum(INTERVALS, 'Choose how to pay: by the month or by the year.').default('month'),
  /** Pay at once, or begin with the free days. */
  start: z.enum(['paid', 'trial'], 'Choose how to begin.').default('paid'),
  salesNote: z.string().trim().max(2_000, 'Use at most 2,000 characters.').optional(),
});

export type SignupInput = z.output<typeof signupInput>;
