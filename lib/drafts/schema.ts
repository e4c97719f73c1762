import { z } from 'zod';
import { revision } from '../fields';
import { withoutSecrets } from '../forms';

const NAME = z.string().regex(/^[\w.-]{1,60}$/);
/** In characters of JSON: what the longest form holds, twice; that is the letterhead with its logo. */
const MAX_CONTENT = 400_000;
/** Of the whole request: what people write may take four bytes a letter. */
export const DRAFT_BYTES = 900_000;

const values = z
  .record(z.string().max(100), z.union([z.string(), z.array(z.string())]))
  .transform(withoutSecrets);

/** Which draft: of a form, and of the record that it is about; `new` for one that does not exist yet. */
export const draftQuery = z.object({ form: NAME, of: NAME });
export type DraftQuery = z.output<typeof draftQuery>;

export const saveDraftInput = draftQuery
  .extend({ fields: values, base: values, version: z.union([z.number().int().min(0), revision]).optional() })
  .refine(
    ({ fields, base }) => JSON.stringify(fields).length + JSON.stringify(base).length <= MAX_CONTENT,
    'This is longer than any of our forms.',
  );
export type SaveDraftInput = z.output<typeof saveDraftInput>;
