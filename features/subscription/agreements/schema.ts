import { z } from 'zod';

const version = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The versions that were shown, and the tick. */
export const acceptInput = z.object({
  accepts: z.literal('on', 'Tick the box to accept.'),
  terms: version,
  'data-processing': version,
});
