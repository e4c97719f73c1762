import { z } from 'zod';
import { FORM_IDS } from '@/features/pharmacy/medicines/policy';
import { receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { cursor } from '@/lib/address-query';
import { chosenId, id, optionalText, readRows, typedPieces, version } from '@/lib/fields';

const UNREADABLE = 'The list could not be read. Open it again.';
const WHOSE = 'Say whose count stays where a colleague has counted too.';
const NOTHING = 'Write how many of something you have counted.';
/** As many as are counted before somebody saves. */
const MOST_LINES = 1_500;
/** More than any store has lots: how many there are is said after reading. */
const MOST_READ = 5_000;

export const startStocktakeInput = z.object({
  storeId: chosenId('Choose the store.'),
  form: z
    .enum(['', ...FORM_IDS], 'Choose what is counted.')
    .optional()
    .transform((value) => value || undefined),
});
export type StartStocktakeInput = z.output<typeof startStocktakeInput>;

const stocktakeId = id('This stocktake is not known.');
const pieces = typedPieces(1_000_000);

const countedLine = z.object({
  batchId: id('This lot is not known.'),
  /** Null takes a count back. */
  counted: z.preprocess((value) => (value === '' ? null : value), pieces.nullable()),
  /** Of the count that was shown; 0 for none. */
  version: z.number().int().min(0),
  /** When it was typed, by the clock of that device. */
  typedAt: z.number().min(0),
  /** A colleague has counted it too, and nobody has said yet whose count stays. */
  isOpen: z.boolean().optional(),
});

export const saveCountsInput = z
  .object({
    stocktakeId,
    /** The same clock when it was sent: how long ago something was typed needs no other clock. */
    sentAt: z.coerce.number('Open this page again.').min(0),
    lines: z
      .string(NOTHING)
      .max(200_000, UNREADABLE)
      .transform((value, ctx) => {
        const rows = readRows(countedLine, value, ctx, {
          ...{ most: MOST_READ, unreadable: UNREADABLE },
          keyOf: ({ batchId }: { batchId?: unknown }) => batchId,
        });
        if (!rows) return z.NEVER;
        const refuse = (message: string) => {
          ctx.addIssue({ code: 'custom', message });
          return z.NEVER;
        };
        const said = rows.filter(({ isOpen }) => !isOpen);
        if (said.length > MOST_LINES)
          return refuse(`At most ${MOST_LINES} counts are saved at once. Empty some, and save these first.`);
        if (said.length === 0) return refuse(rows.length > 0 ? WHOSE : NOTHING);
        if (new Set(said.map(({ batchId }) => batchId)).size < said.length) return refuse(UNREADABLE);
        return said;
      }),
  })
  .transform(({ sentAt, lines, ...rest }) => ({
    ...rest,
    lines: lines.map(({ typedAt, batchId, counted, version }) => ({
      ...{ batchId, counted, version },
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
