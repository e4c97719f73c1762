import { z } from 'zod';

export const FIGURES = [
  'mrr',
  'trials',
  'past-due',
  'renewals',
  'failed-payments',
  'new',
  'expansion',
  'reactivation',
  'contraction',
  'churn',
] as const;
export type Figure = (typeof FIGURES)[number];

export const figureSchema = z.enum(FIGURES);

export const revenueQuery = z.object({
  currency: z
    .string()
    .regex(/^[a-z]{3}$/)
    .optional()
    .catch(undefined),
});

export const figureQuery = revenueQuery.extend({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  plan: z.enum(['starter', 'professional', 'enterprise']).optional().catch(undefined),
});
