'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { Prescription } from './dto';
import {
  prescriptionSetInput,
  savePrescriptionInput,
  savePrescriptionSetInput,
  starterSetsInput,
  voidPrescriptionInput,
} from './schema';
import { savePrescription, signPrescription } from './service/save-prescription';
import { addStarterSets, deletePrescriptionSet, savePrescriptionSet } from './service/sets';
import { voidPrescription } from './service/void-prescription';

async function refreshed(change: Promise<Prescription>): Promise<Prescription> {
  const result = await change;
  revalidatePath(paths.visit(result.visitId));
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.prescription(result.id));
  revalidatePath(paths.pharmacy);
  return result;
}

export const savePrescriptionAction = staffAction({
  permission: 'prescriptions:write',
  input: savePrescriptionInput,
  audit: 'prescription.save',
  run: (ctx, input) => refreshed(savePrescription(ctx, input)),
  message: 'Saved. The pharmacy sees it once it is signed.',
});

export const signPrescriptionAction = staffAction({
  permission: 'prescriptions:write',
  input: savePrescriptionInput,
  audit: 'prescription.sign',
  run: (ctx, input) => refreshed(signPrescription(ctx, input)),
  message: 'The prescription is signed and at the pharmacy.',
});

export const voidPrescriptionAction = staffAction({
  permission: 'prescriptions:write',
  input: voidPrescriptionInput,
  audit: 'prescription.void',
  target: ({ prescriptionId }) => `prescription:${prescriptionId}`,
  run: (ctx, input) => refreshed(voidPrescription(ctx, input)),
  message: 'The prescription is void. The pharmacy no longer sees it.',
});

export const savePrescriptionSetAction = staffAction({
  permission: 'prescriptions:write',
  input: savePrescriptionSetInput,
  audit: 'prescription-set.save',
  run: async (ctx, input) => {
    const set = await savePrescriptionSet(ctx, input);
    revalidatePath(paths.prescriptionSets);
    return set;
  },
  message: ({ name }) => `${name} is saved.`,
});

export const deletePrescriptionSetAction = staffAction({
  permission: 'prescriptions:write',
  input: prescriptionSetInput,
  audit: 'prescription-set.delete',
  target: ({ setId }) => `prescription-set:${setId}`,
  run: async (ctx, { setId }) => {
    const set = await deletePrescriptionSet(ctx, setId);
    revalidatePath(paths.prescriptionSets);
    return set;
  },
  message: ({ name }) => `${name} is deleted.`,
});

export const addStarterSetsAction = staffAction({
  permission: 'prescriptions:write',
  input: starterSetsInput,
  audit: 'prescription-set.starter',
  run: async (ctx) => {
    const added = await addStarterSets(ctx);
    revalidatePath(paths.prescriptionSets);
    return { added };
  },
  message: ({ added }) => `${added} sets added. Change them to what you use.`,
});
