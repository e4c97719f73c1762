import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { chosenId, day, id } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { percent, typedAmount } from '../bill-settings/schema';
import { GROUP_IDS } from '../price-list/policy';
import { BASIS_IDS } from './policy';

export const addShareRuleInput = z
  .object({
    doctorId: chosenId('Choose the doctor.'),
    group: z
      .enum(['', ...GROUP_IDS], 'Choose the group.')
      .default('')
      .transform((value) => value || null),
    basis: z.enum(BASIS_IDS, 'Choose what it is a part of.').default('net'),
    rate: percent('the share'),
    fixed: typedAmount('the amount'),
    from: day,
  })
  .refine(({ rate, fixed }) => (rate === undefined) !== (fixed === undefined), {
    path: ['rate'],
    message: 'Enter either a percentage or an amount for each piece.',
  });
export type AddShareRuleInput = z.output<typeof addShareRuleInput>;

export const endShareRuleInput = z.object({ ruleId: id('This rule is not known.') });

/**
 * The address of the page and of its files: a month, a doctor whose lines are wanted, and of which branch
 * where there are several: see `scopeOf`.
 */
export const doctorShareQuery = z.object({
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
  doctor: orNothing(z.string().regex(OBJECT_ID)),
  branch: orNothing(z.string().max(24)),
});
