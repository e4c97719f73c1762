import { z } from 'zod';
import { LABEL_SIZES, SHEET_LIMIT } from '@/lib/paper';
import { keysOf } from '@/lib/query-words';
import { MOST_LOT_LABELS } from './policy';

/** How labels of a lot are printed; `from` is the first free place on a sheet. */
export const lotLabelQuery = z.object({
  paper: z.enum(keysOf(LABEL_SIZES)).catch('label').default('label'),
  count: z.coerce.number().int().min(1).max(MOST_LOT_LABELS).catch(1).default(1),
  from: z.coerce.number().int().min(1).max(SHEET_LIMIT.most).catch(1).default(1),
});
export type LotLabelQuery = z.output<typeof lotLabelQuery>;
