import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { chosenId, day, id, optionalText, text } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { typedAmount } from '../bill-settings/schema';
import { BEARER_IDS, CUT_REASON_IDS } from './policy';

const OPEN_AGAIN = 'Open this page again.';
const MOST = 200;

const part = z.object({
  claimId: id('This claim is not known.'),
  received: typedAmount('what was received'),
  tds: typedAmount('the tax withheld'),
  cut: typedAmount('what was cut'),
  bearer: z.enum(BEARER_IDS, 'Choose who bears it.').default('hospital'),
  reason: z
    .enum(['', ...CUT_REASON_IDS], 'Choose why it was cut.')
    .default('')
    .transform((value) => value || undefined),
});

export const settleClaimsInput = z.object({
  payerId: chosenId('Choose who has paid.'),
  /** Of the transfer; empty where nothing was paid, and a claim is closed by what was cut. */
  amount: typedAmount('the amount of the transfer'),
  reference: optionalText(40),
  receivedDay: day,
  parts: z
    .string(OPEN_AGAIN)
    .max(60_000, OPEN_AGAIN)
    .transform((value, ctx): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        ctx.addIssue({ code: 'custom', message: OPEN_AGAIN });
        return z.NEVER;
      }
    })
    .pipe(
      z
        .array(part, OPEN_AGAIN)
        .min(1, 'Enter what was received for at least one claim.')
        .max(MOST, `A transfer settles at most ${MOST} claims here.`),
    ),
});
export type SettleClaimsInput = z.output<typeof settleClaimsInput>;

export const reverseSettlementInput = z.object({
  settlementId: id('This settlement is not known.'),
  reason: text(200, 'Say why, in a few words.', 2),
});
export type ReverseSettlementInput = z.output<typeof reverseSettlementInput>;

/** The address of the page where transfers are entered. */
export const settleQuery = z.object({
  payer: orNothing(z.string().regex(OBJECT_ID)),
  claim: orNothing(z.string().regex(OBJECT_ID)),
});
