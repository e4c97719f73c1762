import { z } from 'zod';
import { IDLE_CHOICES } from '@/lib/auth/limits';
import { revision } from '@/lib/fields';
import type { FromForm } from '@/lib/revision';

const currentPassword = z
  .string('Enter your current password.')
  .min(1, 'Enter your current password.')
  .max(200);
const code = z
  .string('Enter the code.')
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that your authenticator app shows.'));

export const passwordInput = z.object({ currentPassword });
export const confirmTotpInput = z.object({ code });

/** The second step of sign-in: a code of the app, or one of the recovery codes. */
export const finishSignInInput = z.object({
  challenge: z.string().max(500),
  code: code.optional(),
  recoveryCode: z
    .string()
    .trim()
    .min(1, 'Enter one of your recovery codes.')
    .max(40, 'A recovery code has 16 letters and digits.')
    .optional(),
});

export const GRACE_CHOICES = ['0', '3', '7', '14'] as const;
const idleChoices = IDLE_CHOICES.map(String) as [string, ...string[]];

export const organizationSecurityInput = z.object({
  /** A checkbox: absent means no. */
  requireSecondFactor: z
    .enum(['on', 'true', 'off', 'false', ''])
    .default('')
    .transform((value) => value === 'on' || value === 'true'),
  graceDays: z.enum(GRACE_CHOICES, 'Choose from when it counts.').default('7').transform(Number),
  idleMinutes: z.enum(idleChoices, 'Choose a time.').transform(Number),
  version: revision,
});
export type OrganizationSecurityInput = FromForm<z.output<typeof organizationSecurityInput>>;

export const personInput = z.object({ userId: z.string('Choose a person.').trim().max(24) });
