import { z } from 'zod';
import { FORM_IDS } from '@/features/pharmacy/medicines/policy';
import { receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { cursor } from '@/lib/address-query';
import { chosenId, id, optionalText, postedList, version } from '@/lib/fields';

const UNREADABLE = 'The list could not be read. Open it again.';
const NOTHING = 'Write how many of something you have counted.';
/** As many as are counted before somebody saves. */
const MOST_LINES = 300;

export const startStocktakeInput = z.object({
  storeId: chosenId('Choose the store.'),
  form: z
    .enum(['', ...FORM_IDS], 'Choose what is counted.')
    .optional()
    .transform((value) => value || undefined),
});
export type StartStocktakeInput = z.output<typeof startStocktakeInput>;

const stocktakeId = id('This stocktake is not known.');
const pieces = z.number('Write whole numbers.').int('Write whole numbers.').min(0).max(1_000_000);

const countedLine = z.object({
  batchId: id('This lot is not known.'),
  counted: pieces,
  /** Of the count that was shown; 0 for none. */
  version: z.number().int().min(0),
  /** When it was typed, by the clock of that device. */
  typedAt: z.number().min(0),
});

export const saveCountsInput = z
  .object({
    stocktakeId,
    /** The same clock when it was sent: how long ago something was typed needs no other clock. */
    sentAt: z.coerce.number('Open this page again.').min(0),
    lines: z
      .string(NOTHING)
      .max(60_000, UNREADABLE)
      .transform((value, ctx) => {
        const parsed = z.array(countedLine, UNREADABLE).safeParse(postedList(value, MOST_LINES));
        const ids = new Set(parsed.data?.map(({ batchId }) => batchId));
        if (parsed.success && parsed.data.length > 0 && ids.size === parsed.data.length) return parsed.data;
        ctx.addIssue({ code: 'custom', message: parsed.error?.issues[0]?.message ?? NOTHING });
        return z.NEVER;
      }),
  })
  .transform(({ sentAt, lines, ...rest }) => ({
    ...rest,
    lines: lines.map(({ typedAt, ...line }) => ({
      ...line,
      secondsAgo: Math.max(Math.round((sentAt - typedAt) / 1_000), 0),
    })),
  }));
export type SaveCountsInput = z.output<typeof saveCountsInput>;

/** A lot that stands on the shelf and is not in the list. */
export const foundLotInput = z.object({
  stocktakeId,
  medicineId: chosenId('Choose the medicine.'),
  lotNumber: receiveStockInput.shape.lotNumber,
  expiresOn: receiveStockInput.shape.expiresOn,
  counted: z
    .string('Enter how many there are.')
    .trim()
    .regex(/^\d{1,7}$/, 'Enter how many there are, as a whole number.')
    .transform(Number)
    .refine((value) => value > 0, 'Enter how many there are, at least 1.'),
});
export type FoundLotInput = z.output<typeof foundLotInput>;

export const stocktakeInput = z.object({ stocktakeId, version });
export type StocktakeInput = z.output<typeof stocktakeInput>;
export const approveStocktakeInput = z.object({ stocktakeId, version, note: optionalText(200) });
export type ApproveStocktakeInput = z.output<typeof approveStocktakeInput>;

/** The address of the list. */
export const stocktakesQuery = z.object({ after: cursor(), before: cursor() });
export type StocktakesQuery = z.output<typeof stocktakesQuery>;
