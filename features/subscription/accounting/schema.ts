import { z } from 'zod';
import { lastMonths } from '@/features/subscription/revenue/months';

/** The month whose invoices are all issued. */
const lastWhole = (): string => lastMonths(new Date(), 2)[0] ?? '';

/** A month that is none is the last whole one. */
export const taxMonthQuery = z.object({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .catch(lastWhole),
});
