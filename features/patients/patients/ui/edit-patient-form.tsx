'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { updatePatientAction } from '../actions';
import type { Patient } from '../dto';
import type { BirthOrder } from '../policy';
import { PatientFields } from './patient-fields';

const schema = async () => (await import('../schema')).updatePatientInput;

/** Changes a patient. The version that was opened goes along: a colleague's change is never overwritten. */
export function EditPatientForm({
  patient,
  today,
  birthOrder,
}: {
  patient: Patient;
  today: string;
  birthOrder: BirthOrder;
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={updatePatientAction}
      schema={schema}
      label="Patient details"
      draft={{ form: 'patient', of: patient.id, version: patient.version }}
      onSuccess={() => router.push(paths.patient(patient.id))}
    >
      <input type="hidden" name="patientId" value={patient.id} />
      <PatientFields patient={patient} today={today} birthOrder={birthOrder} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save changes</SubmitButton>
        <Button asChild>
          <Link href={paths.patient(patient.id)}>Cancel</Link>
        </Button>
      </FormActions>
    </ActionForm>
  );
}
