import { z } from 'zod';
import { id, text } from '@/lib/fields';

export const settleMonthInput = z.object({
  organizationId: id('We could not find that organization.'),
  month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'We could not find that month.'),
  decision: z.enum(['credit', 'waive'], 'Choose what is done.'),
  reason: text(300, 'Say why, in at least 5 letters.', 5),
});
export type SettleMonthInput = z.output<typeof settleMonthInput>;
