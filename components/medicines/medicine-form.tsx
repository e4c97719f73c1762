'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { addMedicineAction, updateMedicineAction } from '@/lib/features/medicines/actions';
import type { Medicine } from '@/lib/features/medicines/dto';
import { paths } from '@/lib/paths';
import { MedicineFields } from './medicine-fields';

/** Adds a medicine, or changes one. */
export function MedicineForm({ medicine }: { medicine?: Medicine }) {
  const router = useRouter();
  return (
    <ActionForm action={medicine ? updateMedicineAction : addMedicineAction} onSuccess={({ id }) => router.push(`${paths.medicines}/${id}`)}>
      {medicine ? <input type="hidden" name="medicineId" value={medicine.id} /> : null}
      <MedicineFields {...(medicine ? { medicine } : {})} />
      <FormActions>
        <SubmitButton>{medicine ? 'Save changes' : 'Add medicine'}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
