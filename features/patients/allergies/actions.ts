'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addAllergyInput, confirmAllergiesInput, endAllergyInput } from './schema';
import { addAllergy, confirmAllergies, endAllergy } from './service';

/** The banner is on each page of a patient and of a visit. */
function refreshed<T extends { patientId: string }>(result: T): T {
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.visit('[visitId]'), 'page');
  return result;
}

export const addAllergyAction = staffAction({
  permission: 'patients:write',
  input: addAllergyInput,
  audit: 'allergy.add',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => refreshed(await addAllergy(ctx, input)),
  message: ({ substance }) => `${substance} is in the list of allergies.`,
});

export const endAllergyAction = staffAction({
  permission: 'patients:write',
  input: endAllergyInput,
  audit: 'allergy.end',
  target: ({ allergyId }) => `allergy:${allergyId}`,
  run: async (ctx, input) => refreshed(await endAllergy(ctx, input)),
  message: ({ substance }) => `${substance} is no longer in the list.`,
});

export const confirmAllergiesAction = staffAction({
  permission: 'patients:write',
  input: confirmAllergiesInput,
  audit: 'allergy.confirm',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => refreshed(await confirmAllergies(ctx, input)),
  message: ({ status }) =>
    status === 'known' ? 'The list of allergies is confirmed.' : 'No known allergies: noted.',
});
