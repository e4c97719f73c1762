import { z } from 'zod';
import { id, optionalText, readRows, text, typedPieces } from '@/lib/fields';
import { RETURN_PLACE_IDS, RETURN_REASON_IDS } from './policy';

const UNREADABLE = 'The list could not be read. Open it again.';
const NOTHING = 'Say how many of something come back.';

const MOST_LINES = 60;

const line = z.object({
  movementId: id('This is not known. Open it again.'),
  quantity: typedPieces(999),
  place: z.enum(RETURN_PLACE_IDS, 'Say where it goes.'),
  isOpened: z.boolean(),
});

export const takeBackInput = z.object({
  dispenseId: id('This is not known. Open it again.'),
  requestKey: text(64, 'Open this again.', 8),
  reason: z.enum(RETURN_REASON_IDS, 'Choose why it comes back.'),
  note: optionalText(200),
  lines: z
    .string(NOTHING)
    .max(30_000, UNREADABLE)
    .transform((value, ctx) => {
      const rows = readRows(line, value, ctx, {
        ...{ most: MOST_LINES, unreadable: UNREADABLE },
        keyOf: ({ movementId }: { movementId?: unknown }) => movementId,
      });
      if (!rows) return z.NEVER;
      const back = rows.filter(({ quantity }) => quantity > 0);
      if (back.length > 0 && new Set(back.map(({ movementId }) => movementId)).size === back.length)
        return back;
      ctx.addIssue({ code: 'custom', message: back.length > 0 ? UNREADABLE : NOTHING });
      return z.NEVER;
    }),
});
export type TakeBackInput = z.output<typeof takeBackInput>;
