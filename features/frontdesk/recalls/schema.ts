import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { DEFAULT_RECALL_MONTHS, EARLIER, RECALL_MONTHS } from './policy';

export const recallQuery = z.object({
  months: z.enum(RECALL_MONTHS).catch(DEFAULT_RECALL_MONTHS),
  /** The month in which they are due; without it this month. */
  due: orNothing(z.union([z.literal(EARLIER), z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)])),
  /** Where they were seen last, see `scopeOf`. */
  branch: orNothing(z.string().max(24)),
  after: cursor(),
  before: cursor(),
});
export type RecallQuery = z.output<typeof recallQuery>;
