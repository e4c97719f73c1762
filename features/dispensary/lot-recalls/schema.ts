import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { id, text } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { CONTACT_IDS, RECALL_SOURCE_IDS, RECALL_VIEW } from './policy';

export const openRecallInput = z.object({
  medicineId: id('This medicine is not known.'),
  batchId: id('This batch is not known.'),
  source: z.enum(RECALL_SOURCE_IDS, 'Choose who says so.'),
  reason: text(200, 'Enter the reason.'),
});
export type OpenRecallInput = z.output<typeof openRecallInput>;

const recallId = id('This recall is not known.');
export const closeRecallInput = z.object({ recallId });
export type CloseRecallInput = z.output<typeof closeRecallInput>;
export const noteContactInput = z.object({
  recallId,
  patientId: id('This patient is not known.'),
  outcome: z.enum(CONTACT_IDS, 'Say what became of it.'),
});
export type NoteContactInput = z.output<typeof noteContactInput>;

/** Who got it at which branch, see `scopeOf`: each calls its own; the recall is of all of them. */
const branch = orNothing(z.string().max(24));
export const recallLettersQuery = z.object({ branch });
/** The address of a recall: whom its list shows. */
export const recallQuery = z.object({
  branch,
  show: z.enum(keysOf(RECALL_VIEW)).catch('open').default('open'),
});
