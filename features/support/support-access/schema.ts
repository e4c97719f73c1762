import { z } from 'zod';
import { SUPPORT_SCOPES } from '@/lib/auth/support';

/** What may be asked for and allowed, in minutes. */
export const DURATIONS = [60, 240, 480, 1_440, 4_320] as const;

const id = (what: string) => z.string().regex(/^[0-9a-f]{24}$/i, `We could not find that ${what}.`);
const reason = z
  .string()
  .trim()
  .min(10, 'Say in a sentence what for: the owner and the log keep it.')
  .max(500, 'Use at most 500 characters.');
const scope = z.enum(SUPPORT_SCOPES, 'Choose what support may do.');
const durationMinutes = z.coerce
  .number()
  .refine((value) => DURATIONS.some((one) => one === value), 'Choose for how long.');

export const organizationInput = z.object({ organizationId: id('organization') });
export const requestAccessInput = z.object({
  organizationId: id('organization'),
  reason,
  scope,
  durationMinutes,
});
export const grantInput = z.object({ grantId: id('request') });
export const platformGrantInput = z.object({ organizationId: id('organization'), grantId: id('request') });
export const allowAccessInput = z.object({ grantId: id('request'), scope, durationMinutes });
export const giveAccessInput = z.object({ reason, scope, durationMinutes });
export const nothingInput = z.object({});

export type RequestAccessInput = z.output<typeof requestAccessInput>;
export type AllowAccessInput = z.output<typeof allowAccessInput>;
export type GiveAccessInput = z.output<typeof giveAccessInput>;
