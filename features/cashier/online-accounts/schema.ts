import { z } from 'zod';
import { SECRET_KEY } from './policy';

/** The account of a hospital, as its owner enters it. */
export const saveOnlineAccountInput = z.object({
  secretKey: z
    .string('Enter the secret key.')
    .trim()
    .regex(SECRET_KEY, 'Enter a secret key of Stripe, such as sk_live_… or rk_live_….'),
  /** Where the owner has made the endpoint for events: what signs them. */
  eventSecret: z
    .string()
    .trim()
    .regex(/^(whsec_\w{8,240})?$/, 'Enter the signing secret, such as whsec_…, or leave it empty.')
    .optional()
    .transform((value) => value || undefined),
});
export type SaveOnlineAccountInput = z.output<typeof saveOnlineAccountInput>;

export const nothingInput = z.object({});
