import { z } from 'zod';
import { id, optionalText, ticked } from '@/lib/fields';
import { requiredAmount } from '../bill-settings/schema';
import { isPieces } from './policy';

export const openShiftInput = z.object({ float: requiredAmount('the cash in the drawer') });
export type OpenShiftInput = z.output<typeof openShiftInput>;

/** Wrong figures are refused together, in one sentence: `checkCount`. */
const pieces = z
  .string()
  .trim()
  .max(12, 'Write whole numbers.')
  .transform((value) => (value === '' ? null : isPieces(value) ? Number(value) : Number.NaN));

/** A drawer by notes and coins, and the reason where it is not what it should be. */
export const countFields = {
  denomination: z
    .array(z.string().regex(/^(note|coin)-\d{1,9}$/, 'Open this again.'), 'Count the drawer.')
    .max(30),
  /** As many as there are denominations; empty is not counted, which is not none. */
  pieces: z.array(pieces, 'Count the drawer.').max(30),
  isRestNone: ticked,
  reason: optionalText(200),
};

export type TypedCount = { denomination: string[]; pieces: (number | null)[]; isRestNone: boolean };

export function checkCount(
  { denomination, pieces: counted, isRestNone }: TypedCount,
  ctx: z.RefinementCtx,
): void {
  const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: ['pieces'], message });
  if (denomination.length !== counted.length) refuse('Open this again.');
  else if (counted.some((one) => Number.isNaN(one)))
    refuse('Write whole numbers of notes and coins, at most 999,999 of each, in the boxes that are marked.');
  else if (counted.some((one) => one === null) && !isRestNone)
    refuse('Write how many there are of each, 0 where there is none, or say that there are no others.');
}

export const closeShiftInput = z.object(countFields).superRefine(checkCount);
export type CloseShiftInput = z.output<typeof closeShiftInput>;

/** The shift of somebody who has left it open. */
export const closeOtherShiftInput = z
  .object({ ...countFields, shiftId: id('This shift is not known.') })
  .superRefine(checkCount);
export type CloseOtherShiftInput = z.output<typeof closeOtherShiftInput>;
