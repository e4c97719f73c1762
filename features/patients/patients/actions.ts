'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';
import { paths } from '@/lib/paths';
import {
  recordDeathInput,
  registerPatientInput,
  setPatientActiveInput,
  undoDeathInput,
  updatePatientInput,
} from './schema';
import { recordDeath, registerPatient, setPatientActive, undoDeath, updatePatient } from './service';

export const registerPatientAction = staffAction({
  permission: 'patients:write',
  input: registerPatientInput,
  audit: 'patient.register',
  run: async (ctx, input) => {
    const result = await registerPatient(ctx, input);
    if (result.kind === 'duplicates') {
      const names = result.duplicates.map(({ name, number }) => `${name} (${number})`).join(', ');
      throw new AppError(
        'CONFLICT',
        `Possibly registered already: ${names}. Look first, or press Register anyway.`,
        {
          field: 'allowDuplicate',
        },
      );
    }
    revalidatePath(paths.patients);
    return result.patient;
  },
  message: ({ name, number }) => `${name} is registered as ${number}.`,
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

export const setPatientActiveAction = staffAction({
  permission: 'patients:write',
  input: setPatientActiveInput,
  audit: 'patient.set-active',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, { patientId, isActive }) => {
    const patient = await setPatientActive(ctx, patientId, isActive);
    revalidatePath(paths.patient(patient.id));
    return patient;
  },
  message: ({ isActive, name }) => (isActive ? `${name} is active again.` : `${name} is marked as inactive.`),
});

export const recordDeathAction = staffAction({
  permission: 'patients:write',
  input: recordDeathInput,
  audit: 'patient.record-death',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => {
    const patient = await recordDeath(ctx, input);
    revalidatePath(paths.patient(patient.id));
    return patient;
  },
  message: ({ name }) => `${name} is marked as deceased.`,
});

export const undoDeathAction = staffAction({
  permission: 'patients:write',
  input: undoDeathInput,
  audit: 'patient.undo-death',
  target: ({ patientId }) => `patient:${patientId}`,
  run: async (ctx, input) => {
    const patient = await undoDeath(ctx, input);
    revalidatePath(paths.patient(patient.id));
    return patient;
  },
  message: ({ name }) => `${name} is active again.`,
});
