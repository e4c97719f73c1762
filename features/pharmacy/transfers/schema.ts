import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { chosenId, id, optionalText, readRows, typedPieces, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { MOST_LOTS } from './policy';

const UNREADABLE = 'The list could not be read. Open it again.';
/** More than any store has lots: which of them count is said after reading. */
const MOST_READ = 5_000;
const pieces = typedPieces(100_000);

/** The lines of a form: those in which something is said, each lot once. */
const listed = <T extends z.ZodType<{ batchId: string }>>(
  line: T,
  isSaid: (line: z.output<T>) => boolean,
  nothing: string,
) =>
  z
    .string(nothing)
    .max(200_000, UNREADABLE)
    .transform((value, ctx) => {
      const rows = readRows(line, value, ctx, {
        ...{ most: MOST_READ, unreadable: UNREADABLE },
        keyOf: ({ batchId }: { batchId?: unknown }) => batchId,
      });
      if (!rows) return z.NEVER;
      const said = rows.filter(isSaid);
      if (said.length > MOST_LOTS) {
        const message = `At most ${MOST_LOTS} lots go at once, and these are ${said.length}. Take some out and send them after these.`;
        ctx.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      if (said.length > 0 && new Set(said.map(({ batchId }) => batchId)).size === said.length) return said;
      ctx.addIssue({ code: 'custom', message: nothing });
      return z.NEVER;
    });

const batchId = id('This lot is not known.');
export const sendTransferInput = z
  .object({
    fromId: chosenId('Choose the store that it leaves.'),
    toId: chosenId('Choose the store that it goes to.'),
    note: optionalText(200),
    lines: listed(
      z.object({ batchId, quantity: pieces }),
      ({ quantity }) => quantity > 0,
      'Say how many of something go.',
    ),
  })
  .refine(({ fromId, toId }) => fromId !== toId, {
    path: ['toId'],
    message: 'Choose another store than the one that it leaves.',
  });
export type SendTransferInput = z.output<typeof sendTransferInput>;

export const receiveTransferInput = z
  .object({
    transferId: id('This transfer is not known.'),
    version,
    lines: listed(
      z.object({ batchId, received: pieces, lost: pieces, back: pieces }),
      ({ received, lost, back }) => received + lost + back > 0,
      'Say how many of something arrived.',
    ),
    reason: optionalText(200),
  })
  .refine(({ lines, reason }) => reason || !lines.some(({ lost }) => lost > 0), {
    path: ['reason'],
    message: 'Say what happened to what is lost.',
  });
export type ReceiveTransferInput = z.output<typeof receiveTransferInput>;

/** The address of the list. */
export const transfersQuery = z.object({
  show: z.enum(['open', 'all']).catch('open').default('open'),
  after: cursor(),
  before: cursor(),
});
export type TransfersQuery = z.output<typeof transfersQuery>;

const chosen = orNothing(z.string().regex(OBJECT_ID));
/** The address of a new transfer: between which stores. */
export const newTransferQuery = z.object({ from: chosen, to: chosen });
