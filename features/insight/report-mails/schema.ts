import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { WEEKDAYS } from './policy';

export const reportMailInput = z.object({
  every: z.enum(['day', 'week'], 'Choose how often.'),
  weekday: z
    .enum(keysOf(WEEKDAYS), 'Choose a day.')
    .default('1')
    .transform((text) => Number(text)),
  hour: z.coerce.number('Choose an hour.').int().min(0, 'Choose an hour.').max(23, 'Choose an hour.'),
});
export type ReportMailInput = z.output<typeof reportMailInput>;
export const nothingInput = z.object({});
export const stopForInput = z.object({
  reportMailId: id('We could not find that mail.'),
});
export const reportMailListQuery = z.object({ after: cursor(), before: cursor() });
export type ReportMailListQuery = z.output<typeof reportMailListQuery>;
export const unsubscribeInput = z.object({ token: z.string().max(300) });
