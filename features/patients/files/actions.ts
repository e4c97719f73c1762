'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { deleteFileInput } from './schema';
import { deleteFile } from './service';

export const deleteFileAction = staffAction({
  permission: 'files:write',
  input: deleteFileInput,
  audit: 'file.delete',
  target: ({ fileId }) => `file:${fileId}`,
  entryAfter: 'The row may be gone already, with its entry: an interrupted deletion is finished.',
  run: async (ctx, { fileId }) => {
    const { name, subject } = await deleteFile(ctx, fileId);
    revalidatePath(paths.patient(subject.id));
    return { name };
  },
  message: ({ name }) => `${name} is deleted.`,
});
