'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { deleteFileInput, describeFileInput } from './schema';
import { deleteFile, describeFile } from './service';

export const describeFileAction = staffAction({
  permission: 'files:write',
  input: describeFileInput,
  audit: 'file.describe',
  target: ({ fileId }) => `file:${fileId}`,
  run: async (ctx, input) => {
    const { name, subject } = await describeFile(ctx, input);
    revalidatePath(paths.patient(subject.id));
    revalidatePath(paths.visit('[visitId]'), 'page');
    return { name };
  },
  message: ({ name }) => `${name} is described.`,
});

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
