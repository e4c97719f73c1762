'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { confirmHistoryInput, saveHistoryInput } from './schema';
import { confirmHistory, saveHistory } from './service';

// Who writes it is answered with all of it: for those alone who may read what is examined.

/** It stands on the page of the patient and on those of the visits. */
function refreshed<T extends { patientId: string }>(result: T): T {
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.visit('[visitId]'), 'page');
  return result;
}

export const saveHistoryAction = staffAction({
  permission: 'visits:write',
  input: saveHistoryInput,
  audit: 'history.save',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => refreshed(await saveHistory(ctx, input)),
  message: () => 'The history is saved.',
});

export const confirmHistoryAction = staffAction({
  permission: 'visits:write',
  input: confirmHistoryInput,
  audit: 'history.confirm',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => refreshed(await confirmHistory(ctx, input)),
  message: () => 'Asked again, as before: noted.',
});
