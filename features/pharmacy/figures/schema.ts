import { z } from 'zod';
import { day, orNothing } from '@/lib/address-query';
import { keysOf } from '@/lib/query-words';

export const PHARMACY_FIGURES = {
  items: 'By medicine',
  suppliers: 'By supplier',
  taxes: 'Tax on purchases',
  stock: 'Stock on a day',
  disposals: 'Thrown away',
} as const;

/** The address of the figures: which, and of which month. */
export const figuresQuery = z.object({
  what: z.enum(keysOf(PHARMACY_FIGURES)).catch('items').default('items'),
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
  /** Of the stock; today where none is given. */
  day: day(),
  /** As what a file has the stock of a day. */
  by: z.enum(['medicine', 'store']).catch('medicine').default('medicine'),
});
