'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { dispensePrescriptionInput } from './schema';
import { dispensePrescription } from './service';

export const dispensePrescriptionAction = staffAction({
  permission: 'dispenses:write',
  input: dispensePrescriptionInput,
  audit: 'prescription.dispense',
  target: ({ prescriptionId }) => `prescription:${prescriptionId}`,
  run: async (ctx, input) => {
    const dispense = await dispensePrescription(ctx, input);
    revalidatePath(paths.pharmacy);
    revalidatePath(paths.dispense(dispense.prescriptionId));
    revalidatePath(paths.prescription(dispense.prescriptionId));
    revalidatePath(paths.medicines);
    return dispense;
  },
  message: 'Dispensed. The stock is down by it.',
});
