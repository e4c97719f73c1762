'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { Alert } from '@/components/ui/alert';
import { toast } from '@/components/ui/toast';
import { registerPatientAction } from '@/lib/features/patients/actions';
import type { PatientSummary } from '@/lib/features/patients/dto';
import { paths } from '@/lib/paths';
import { PatientFields } from './patient-fields';

/** Registers a patient; a possible duplicate is shown once, and the receptionist decides. */
export function RegisterPatientForm({ day }: { day: string }) {
  const router = useRouter();
  const [duplicates, setDuplicates] = useState<PatientSummary[]>([]);
  return (
    <ActionForm
      action={registerPatientAction}
      onSuccess={(result) => {
        if (result.kind === 'duplicates') {
          setDuplicates(result.duplicates);
          return;
        }
        toast.success(`${result.patient.name} is registered as ${result.patient.number}.`);
        router.push(paths.patient(result.patient.id));
      }}
    >
      <PatientFields day={day} />
      {duplicates.length > 0 ? (
        <Alert tone="warning" live title="This may be somebody you know already">
          <ul className="mb-1 grid gap-1">
            {duplicates.map((one) => (
              <li key={one.id}>
                <Link href={paths.patient(one.id)} target="_blank" className="font-medium text-text underline underline-offset-2">
                  {one.name}
                </Link>{' '}
                <span className="tabular-nums">
                  {one.number}, born {one.dateOfBirth}, {one.phone}
                </span>
              </li>
            ))}
          </ul>
          Open them to look. If it is another person, register anyway.
        </Alert>
      ) : null}
      <FormActions>
        {duplicates.length > 0 ? (
          <SubmitButton name="allowDuplicate" value="yes">
            Register anyway
          </SubmitButton>
        ) : (
          <SubmitButton>Register patient</SubmitButton>
        )}
      </FormActions>
    </ActionForm>
  );
}
