'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { mergePatientsInput, undoMergeInput } from './schema';
import { mergePatients } from './service/merge-patients';
import { undoMerge } from './service/undo-merge';

export const mergePatientsAction = staffAction({
  permission: 'merges:write',
  input: mergePatientsInput,
  audit: 'patient.merge',
  target: ({ keptId }) => `patient:${keptId}`,
  run: async (ctx, input) => {
    const both = await mergePatients(ctx, input);
    revalidatePath(paths.patient(both.kept.id));
    return { keptId: both.kept.id, kept: both.kept.number, merged: both.merged.number };
  },
  message: ({ kept, merged }) => `${merged} is part of ${kept} now.`,
});

export const undoMergeAction = staffAction({
  permission: 'merges:write',
  input: undoMergeInput,
  audit: 'patient.undo-merge',
  target: ({ mergedId }) => `patient:${mergedId}`,
  run: async (ctx, input) => {
    const { kept, merged } = await undoMerge(ctx, input);
    revalidatePath(paths.patient(kept.id));
    return { kept: kept.number, merged: merged.number };
  },
  message: ({ kept, merged }) => `${merged} and ${kept} are two records again.`,
});
