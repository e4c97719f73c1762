'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { registerPatientInput, updatePatientInput } from './schema';
import { type Registration, registerPatient, updatePatient } from './service';

export const registerPatientAction = staffAction({
  permission: 'patients:write',
  input: registerPatientInput,
  audit: 'patient.register',
  target: (_input, result: Registration) => (result.kind === 'registered' ? `patient:${result.patient.id}` : undefined),
  run: async (ctx, input) => {
    const result = await registerPatient(ctx, input);
    if (result.kind === 'registered') revalidatePath(paths.patients);
    return result;
  },
});

export const updatePatientAction = staffAction({
  permission: 'patients:write',
  input: updatePatientInput,
  audit: 'patient.update',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => {
    const patient = await updatePatient(ctx, input);
    revalidatePath(paths.patient(patient.id));
    return patient;
  },
  message: 'Saved.',
});
