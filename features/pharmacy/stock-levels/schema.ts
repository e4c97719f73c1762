import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { chosenId, id } from '@/lib/fields';

/** The address of what to refill: of which branch, see `scopeOf`. */
export const refillQuery = z.object({ branch: orNothing(z.string().max(24)) });

const pieces = (sentence: string) =>
  z
    .string(sentence)
    .trim()
    .regex(/^\d*$/, sentence)
    .refine((value) => Number(value) <= 999_999, 'Enter at most 999,999.')
    .transform((value) => (value === '' ? undefined : Number(value)));

export const setLevelInput = z
  .object({
    medicineId: id('This medicine is not known.'),
    storeId: chosenId('Choose the store.'),
    min: pieces('Enter the least as a whole number.'),
    max: pieces('Enter the most as a whole number.'),
    /** Of the level that was shown; 0 for none. */
    version: z.coerce.number('Open this again.').int().min(0),
  })
  .superRefine(({ min, max }, ctx) => {
    const need = (field: string, message: string) => ctx.addIssue({ code: 'custom', path: [field], message });
    if (min === undefined && max !== undefined) need('min', 'Enter the least, or leave out both.');
    else if (max === undefined && min !== undefined) need('max', 'Enter the most, or leave out both.');
    else if (min !== undefined && max !== undefined && max <= min)
      need('max', 'Enter the most, more than the least.');
  });
export type SetLevelInput = z.output<typeof setLevelInput>;
