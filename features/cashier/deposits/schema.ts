import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id, text } from '@/lib/fields';
import { typedAmount } from '../bill-settings/schema';
import { requestKey } from '../bills/schema';

const MOST_SHIFTS = 50;

export const makeDepositInput = z
  .object({
    requestKey,
    shiftId: z.array(id('This shift is not known.'), 'Choose the shifts.').max(MOST_SHIFTS),
    /** As many as there are shifts; empty is nothing of it. */
    amount: z.array(typedAmount('the amount'), 'Enter how much.').max(MOST_SHIFTS),
    bank: text(80, 'Write the bank.', 2),
    slipNumber: text(40, 'Write the number of the slip.'),
    carriedBy: text(80, 'Write who takes it there.', 2),
  })
  .superRefine(({ shiftId, amount }, ctx) => {
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: ['amount'], message });
    if (shiftId.length !== amount.length || new Set(shiftId).size !== shiftId.length)
      refuse('Open this page again.');
    else if (amount.every((one) => one === undefined || Number(one) === 0))
      refuse('Enter how much of at least one shift goes to the bank.');
  });
export type MakeDepositInput = z.output<typeof makeDepositInput>;

export const withdrawDepositInput = z.object({
  depositId: id('This deposit is not known.'),
  requestKey,
  reason: text(200, 'Say why, in a few words.', 2),
});
export type WithdrawDepositInput = z.output<typeof withdrawDepositInput>;

/** The address of the list. */
export const depositListQuery = z.object({ after: cursor(), before: cursor() });
export type DepositListQuery = z.output<typeof depositListQuery>;
