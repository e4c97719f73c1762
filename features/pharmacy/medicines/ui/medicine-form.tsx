'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { goodsTaxClassesOf } from '@/features/cashier/price-list/taxes';
import { paths } from '@/lib/paths';
import { addMedicineAction, updateMedicineAction } from '../actions';
import { controlClassesOf } from '../control-classes';
import type { Medicine } from '../dto';
import { MedicineFields } from './medicine-fields';

const addSchema = async () => (await import('../schema')).addMedicineInput;
const updateSchema = async () => (await import('../schema')).updateMedicineInput;

const classesOf = (country: string) =>
  Object.entries(controlClassesOf(country)).map(([value, { label }]) => ({ value, label }));

const taxesOf = (country: string) => goodsTaxClassesOf(country).map(([value, label]) => ({ value, label }));

/** Adds a medicine, or changes one. */
export function MedicineForm({ medicine, country }: { medicine?: Medicine; country: string }) {
  const router = useRouter();
  return (
    <ActionForm
      action={medicine ? updateMedicineAction : addMedicineAction}
      schema={medicine ? updateSchema : addSchema}
      label={medicine ? 'Medicine' : 'New medicine'}
      draft={{ form: 'medicine', ...(medicine ? { of: medicine.id, version: medicine.version } : {}) }}
      onSuccess={({ id }) => router.push(paths.medicine(id))}
    >
      {medicine ? <input type="hidden" name="medicineId" value={medicine.id} /> : null}
      <MedicineFields
        classes={classesOf(country)}
        taxes={taxesOf(country)}
        {...(medicine ? { medicine } : {})}
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving">{medicine ? 'Save changes' : 'Add medicine'}</SubmitButton>
        <Button asChild>
          <Link href={medicine ? paths.medicine(medicine.id) : paths.medicines}>Cancel</Link>
        </Button>
      </FormActions>
    </ActionForm>
  );
}
