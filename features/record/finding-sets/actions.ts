'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { findingSetInput, saveFindingSetInput } from './schema';
import { deleteFindingSet, saveFindingSet } from './service';

export const saveFindingSetAction = staffAction({
  permission: 'diagnoses:write',
  input: saveFindingSetInput,
  audit: 'finding-set.save',
  run: async (ctx, input) => {
    const set = await saveFindingSet(ctx, input);
    revalidatePath(paths.templates);
    return set;
  },
  message: ({ name }) => `${name} is saved.`,
});

export const deleteFindingSetAction = staffAction({
  permission: 'diagnoses:write',
  input: findingSetInput,
  audit: 'finding-set.delete',
  target: ({ setId }) => `finding-set:${setId}`,
  run: async (ctx, { setId }) => {
    const set = await deleteFindingSet(ctx, setId);
    revalidatePath(paths.templates);
    return set;
  },
  message: ({ name }) => `${name} is deleted.`,
});
