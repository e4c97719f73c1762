import { z } from 'zod';
import { discountFields, optionalId, requestKey } from '@/features/cashier/bills/schema';
import { ONE_REQUEST_MAX_BYTES } from '@/features/patients/files/policy';
import { announcedFile } from '@/features/patients/files/schema';
import { optionalStore } from '@/features/pharmacy/stores/schema';
import { orNothing } from '@/lib/address-query';
import { day, id, optionalText, readRows, typedPieces } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { soldAs } from './policy';

const UNREADABLE = 'The list could not be read. Open it again.';
const NOTHING = 'Add what is sold.';
const MOST_LINES = 40;

const line = z.object({
  medicineId: id('This medicine is not known.'),
  quantity: typedPieces(999, 1),
  /** The lot that was scanned; else what expires first. */
  batchId: id('This lot is not known.').optional(),
});

export const sellInput = z
  .object({
    patientId: optionalId,
    /** The store that the page shows; the counter's without one. */
    storeId: optionalStore,
    buyerName: optionalText(80),
    buyerPhone: optionalText(20),
    prescriber: optionalText(80),
    prescriberAddress: optionalText(160),
    paperDay: z
      .union([z.literal(''), day], 'Enter the date on the paper.')
      .optional()
      .transform((value) => value || undefined),
    requestKey,
    ...discountFields,
    /** What was shown, in the smallest unit: at another price nothing is sold. */
    totalMinor: z.coerce.number('Open this page again.').int().min(0).max(1e12),
    lines: z
      .string(NOTHING)
      .max(30_000, UNREADABLE)
      .transform((value, ctx) => {
        const rows = readRows(line, value, ctx, { most: MOST_LINES, unreadable: UNREADABLE, keyOf: soldAs });
        if (!rows || rows.length > 0) return rows ?? z.NEVER;
        ctx.addIssue({ code: 'custom', message: NOTHING });
        return z.NEVER;
      }),
  })
  .refine(({ buyerPhone }) => !buyerPhone || /^[+\d][\d\s-]{5,19}$/.test(buyerPhone), {
    path: ['buyerPhone'],
    message: 'Enter the phone number with its digits alone.',
  });
export type SellInput = z.output<typeof sellInput>;

/** A scan of the paper that was shown, which comes before the sale: known by the key of its press. */
export const attachScanInput = announcedFile(ONE_REQUEST_MAX_BYTES).extend({ saleKey: requestKey });
export type AttachScanInput = z.output<typeof attachScanInput>;
export const removeScanInput = z.object({
  saleKey: requestKey,
  fileId: id('This paper is not known.'),
});
export type RemoveScanInput = z.output<typeof removeScanInput>;

/** The address of what is kept with a sale that is typed still. */
export const draftPapersQuery = z.object({ sale: orNothing(requestKey) });

/** The address of a shelf: in which store, or the counter's. */
export const shelfQuery = z.object({ store: orNothing(z.string().regex(OBJECT_ID)) });

/** How the bill of a sale is printed. */
export { printQuery as salePrintQuery } from '@/features/cashier/bills/schema';
