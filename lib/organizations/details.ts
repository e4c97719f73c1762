import { z } from 'zod';
import { newPassword } from '../auth/password-field';
import { isCountry } from '../countries';
import { accountEmail } from '../fields';
import { isPlainName, PLAIN_NAME } from '../plain-name';
import { keysOf } from '../query-words';
import { isTimeZone } from '../time';
import { INDUSTRIES } from './industries';
import { zoneOfToday } from './time-zones';

const text = (label: string, max: number, min = 1) =>
  z
    .string(`Enter ${label}.`)
    .trim()
    .min(min, min > 1 ? `Enter ${label} with at least ${min} characters.` : `Enter ${label}.`)
    .max(max, `Use at most ${max} characters.`);

const details = {
  organizationName: text('the name of your organization', 120, 2).refine(isPlainName, PLAIN_NAME),
  email: z
    .string('Enter your work e-mail.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(accountEmail('Enter an e-mail address such as name@hospital.com.')),
  phone: text('a phone number', 30).refine(
    (value) => /^\+?[\d\s().-]+$/.test(value) && value.replace(/\D/g, '').length >= 6,
    'Enter a phone number with digits, for example +91 98450 12345.',
  ),
  industry: z.enum(keysOf(INDUSTRIES), 'Choose the kind of organization.'),
  expectedUsers: z
    .string('Enter how many people will use it.')
    .trim()
    .regex(/^\d{1,6}$/, 'Enter how many people will use it, as a number.')
    .transform(Number)
    .pipe(
      z.number().min(1, 'At least one person will use it.').max(100_000, 'Please talk to our sales team.'),
    ),
  country: z.string('Choose a country or region.').refine(isCountry, 'Choose a country or region.'),
  name: text('your name', 100, 2).refine(isPlainName, PLAIN_NAME),
  password: newPassword,
  /** From the browser; the organization can change it later. */
  timeZone: z.string().refine(isTimeZone).transform(zoneOfToday).catch('UTC'),
};

/** Who signs up, and for which organization: step 1. */
export const signupDetailsInput = z.object(details);
