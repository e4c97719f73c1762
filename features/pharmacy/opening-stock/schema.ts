import { z } from 'zod';
import { optionalStore } from '../stores/schema';

const SHEET = 'Choose the spreadsheet.';
const sheet = z.string(SHEET).min(1, SHEET).max(150_000, 'This is too long. Take fewer rows at once.');

export const previewOpeningInput = z.object({ sheet, storeId: optionalStore });
export type PreviewOpeningInput = z.output<typeof previewOpeningInput>;

export const importOpeningInput = previewOpeningInput.extend({
  /** Of the preview: what is done is what was shown. */
  fingerprint: z.string('Look at the preview first.').regex(/^[\w-]{24}$/, 'Look at the preview first.'),
});
export type ImportOpeningInput = z.output<typeof importOpeningInput>;
