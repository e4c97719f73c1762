'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { ContactLensPrescription } from './dto';
import { prescribeContactLensesInput, voidContactLensesInput } from './schema';
import { prescribeContactLenses, voidContactLenses } from './service';

async function refreshed(change: Promise<ContactLensPrescription>): Promise<ContactLensPrescription> {
  const result = await change;
  revalidatePath(paths.visit(result.visitId));
  revalidatePath(paths.patient(result.patientId));
  revalidatePath(paths.contactLenses(result.id));
  return result;
}

export const prescribeContactLensesAction = staffAction({
  permission: 'spectacles:write',
  input: prescribeContactLensesInput,
  audit: 'contact-lenses.prescribe',
  run: (ctx, input) => refreshed(prescribeContactLenses(ctx, input)),
  message: 'Contact lenses prescribed.',
});

export const voidContactLensesAction = staffAction({
  permission: 'spectacles:write',
  input: voidContactLensesInput,
  audit: 'contact-lenses.void',
  target: ({ contactLensesId }) => `contact-lenses:${contactLensesId}`,
  run: (ctx, input) => refreshed(voidContactLenses(ctx, input)),
  message: 'The prescription is void.',
});
