import { z } from 'zod';
import { accountEmail, revision } from '@/lib/fields';
import { JUST_IN_TIME_ROLES } from './policy';

const isOn = z
  .enum(['on', 'true', 'off', 'false', ''])
  .default('')
  .transform((value) => value === 'on' || value === 'true');

export const connectionInput = z.object({
  issuer: z
    .string('Enter the address of the issuer.')
    .trim()
    .max(300, 'Use at most 300 characters.')
    .pipe(z.url('Enter the address of the issuer, such as https://login.hospital.com.')),
  clientId: z
    .string('Enter the client id.')
    .trim()
    .min(1, 'Enter the client id.')
    .max(300, 'Use at most 300 characters.'),
  /** Empty keeps the one that is stored. */
  clientSecret: z.string().trim().max(500, 'Use at most 500 characters.').default(''),
  version: revision,
});

export const signInRulesInput = z.object({
  isJustInTime: isOn,
  defaultRole: z.enum(JUST_IN_TIME_ROLES, 'Choose a role.').default('receptionist'),
  countsAsSecondFactor: isOn,
  isEnforced: isOn,
  breakGlass: z.array(z.string().max(24)).max(20).default([]),
  version: revision,
});

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
export const domainInput = z.object({
  domain: z
    .string('Enter a domain.')
    .trim()
    .toLowerCase()
    .max(253, 'Use at most 253 characters.')
    .refine(
      (value) => value.includes('.') && value.split('.').every((label) => LABEL.test(label)),
      'Enter a domain such as hospital.com, without @.',
    ),
});

export const startInput = z.object({
  email: z
    .string('Enter your work e-mail first.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(accountEmail('Enter your work e-mail first, such as name@hospital.com.')),
  next: z.string().max(2_000).default(''),
});
export const discoverInput = startInput.pick({ email: true });
export const nothingInput = z.object({});
