'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { addNoteInput } from './schema';
import { addNote } from './service';

export const addCustomerNoteAction = platformAction({
  permission: 'customer-notes:write',
  input: addNoteInput,
  audit: 'customer-note.add',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    const { told } = await addNote(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true, told };
  },
  message: ({ told }) =>
    told.length > 0 ? `The note is kept, and ${told.join(', ')} told by mail.` : 'The note is kept.',
});
