import { z } from 'zod';
import { SUPPORT_SCOPES } from '@/lib/auth/support';
import { id, text } from '@/lib/fields';

/** What may be asked for and allowed, in minutes. */
export const DURATIONS = [60, 240, 480, 1_440, 4_320] as const;

const organizationId = id('We could not find that organization.');
const grantId = id('We could not find that request.');
const reason = text(500, 'Say in a sentence what for: the owner and the log keep it.', 10);
const scope = z.enum(SUPPORT_SCOPES, 'Choose what support may do.');
const durationMinutes = z.coerce
  .number()
  .refine((value) => DURATIONS.some((one) => one === value), 'Choose for how long.');

export const organizationInput = z.object({ organizationId });
export const requestAccessInput = z.object({
  organizationId,
  reason,
  scope,
  durationMinutes,
});
export const grantInput = z.object({ grantId });
export const platformGrantInput = z.object({ organizationId, grantId });
export const allowAccessInput = z.object({ grantId, scope, durationMinutes });
export const giveAccessInput = z.object({ reason, scope, durationMinutes });
export const nothingInput = z.object({});

export type RequestAccessInput = z.output<typeof requestAccessInput>;
export type AllowAccessInput = z.output<typeof allowAccessInput>;
export type GiveAccessInput = z.output<typeof giveAccessInput>;
