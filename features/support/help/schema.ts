import { z } from 'zod';

/** The newest change that was on the page. */
export const seeChangesInput = z.object({
  day: z.string().regex(/^20\d{2}-\d{2}-\d{2}$/, 'Open this page again.'),
});
