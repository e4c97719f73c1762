import { z } from 'zod';
import { chosenId, id, text } from '@/lib/fields';
import { checkCount, countFields } from '../shifts/schema';
import { MOST_SLIPS } from './policy';

const handoverId = id('This handover is not known.');

export const giveDrawerInput = z
  .object({ ...countFields, toId: chosenId('Choose who takes over.') })
  .superRefine(checkCount);
export type GiveDrawerInput = z.output<typeof giveDrawerInput>;

export const acceptHandoverInput = z
  .object({
    ...countFields,
    handoverId,
    /** The slips and cheques that are there, by their place in the list. */
    slip: z
      .array(z.coerce.number('Open this again.').int().min(0).max(MOST_SLIPS), 'Open this again.')
      .max(MOST_SLIPS)
      .default([]),
  })
  .superRefine(checkCount);
export type AcceptHandoverInput = z.output<typeof acceptHandoverInput>;

export const refuseHandoverInput = z.object({ handoverId, reason: text(200, 'Say why, in a few words.', 2) });
export type RefuseHandoverInput = z.output<typeof refuseHandoverInput>;

export const withdrawHandoverInput = z.object({ handoverId });
