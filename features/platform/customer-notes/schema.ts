import { z } from 'zod';
import { attachmentIds } from '@/features/support/tickets/schema';
import { id, text } from '@/lib/fields';

export const addNoteInput = z.object({
  organizationId: id('We could not find that organization.'),
  text: text(5_000, 'Write the note.'),
  attachmentIds,
});
export type AddNoteInput = z.output<typeof addNoteInput>;
