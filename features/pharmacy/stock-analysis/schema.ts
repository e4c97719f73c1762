import { z } from 'zod';
import { ABC_CLASSES, IDLE_DAYS } from './policy';

/** Which of them, and since when a medicine has to be given out not to be idle. */
export const analysisQuery = z.object({
  show: z
    .enum(['all', 'idle', ...ABC_CLASSES])
    .catch('all')
    .default('all'),
  days: z.coerce
    .number()
    .refine((days) => (IDLE_DAYS as readonly number[]).includes(days))
    .catch(90)
    .default(90),
});
export type AnalysisQuery = z.output<typeof analysisQuery>;
