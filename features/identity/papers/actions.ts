'use server';
import { revalidatePath } from 'next/cache';
import { saveFaceInput } from '@/features/identity/face/schema';
import { followLetterhead, saveFace } from '@/features/identity/face/service';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { faceOf, getLetterhead } from './queries';
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

export const saveFaceAction = staffAction({
  permission: 'settings:write',
  input: saveFaceInput,
  audit: 'face.save',
  run: async (ctx, input) => {
    const read = async () => faceOf(await getLetterhead(ctx));
    const shown = await read();
    const face = await saveFace(ctx, input, shown);
    await followLetterhead(ctx, read, shown);
    revalidatePath(paths.facePage);
    return face;
  },
  message: 'Saved.',
});
