'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { counselInput, dispensePrescriptionInput } from './schema';
import { counsel, dispensePrescription } from './service';

export const dispensePrescriptionAction = staffAction({
  permission: 'dispenses:write',
  input: dispensePrescriptionInput,
  audit: 'prescription.dispense',
  target: ({ prescriptionId }) => `prescription:${prescriptionId}`,
  run: async (ctx, input) => {
    const dispense = await dispensePrescription(ctx, input);
    revalidatePath(paths.pharmacy);
    revalidatePath(paths.dispense(input.prescriptionId));
    revalidatePath(paths.prescription(input.prescriptionId));
    revalidatePath(paths.medicines);
    return dispense;
  },
  message: 'Dispensed. The stock is down by it.',
});

export const counselAction = staffAction({
  permission: 'dispenses:write',
  input: counselInput,
  audit: 'prescription.counsel',
  run: async (ctx, input) => {
    const dispense = await counsel(ctx, input);
    if (dispense.prescriptionId) revalidatePath(paths.dispense(dispense.prescriptionId));
    return dispense;
  },
  message: 'What the patient was told is noted.',
});
