'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { letterheadInput } from './schema';
import { saveLetterhead } from './service';

export const saveLetterheadAction = staffAction({
  permission: 'settings:write',
  input: letterheadInput,
  audit: 'letterhead.save',
  run: async (ctx, input) => {
    const letterhead = await saveLetterhead(ctx, input);
    revalidatePath(paths.letterhead);
    return { name: letterhead.name };
  },
  message: 'The letterhead is saved. The next paper has it.',
});
