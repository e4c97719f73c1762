'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { updatePatientAction } from '@/lib/features/patients/actions';
import type { Patient } from '@/lib/features/patients/dto';
import { paths } from '@/lib/paths';
import { PatientFields } from './patient-fields';

export function EditPatientForm({ patient, day }: { patient: Patient; day: string }) {
  const router = useRouter();
  return (
    <ActionForm action={updatePatientAction} onSuccess={() => router.push(paths.patient(patient.id))}>
      <input type="hidden" name="patientId" value={patient.id} />
      <input type="hidden" name="version" value={patient.version} />
      <PatientFields patient={patient} day={day} />
      <FormActions>
        <SubmitButton>Save changes</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
