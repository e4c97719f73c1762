import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import type { Patient } from '@/lib/features/patients/dto';
import { SEXES } from '@/lib/features/patients/schema';

const sexes = Object.entries(SEXES).map(([value, label]) => ({ value, label }));

/** The fields of a patient, what is needed first. */
export function PatientFields({ patient, day }: { patient?: Patient; day: string }) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField name="firstName" label="First name" defaultValue={patient?.firstName} autoComplete="off" autoFocus required maxLength={80} />
        <FormField name="lastName" label="Last name" defaultValue={patient?.lastName} autoComplete="off" required maxLength={80} />
        <FormField name="phone" label="Phone" type="tel" inputMode="tel" defaultValue={patient?.phone} autoComplete="off" required maxLength={30} />
        <FormField name="dateOfBirth" label="Date of birth" type="date" min="1900-01-01" max={day} defaultValue={patient?.dateOfBirth} required />
        <FormSelect name="sex" label="Sex" options={[{ value: '', label: 'Choose' }, ...sexes]} defaultValue={patient?.sex ?? ''} required />
        <FormField name="guardianName" label="Guardian" help="For a child, or somebody who needs help" defaultValue={patient?.guardianName ?? ''} maxLength={120} />
      </div>
      <details className="rounded-lg border border-border px-4 py-3" open={Boolean(patient)}>
        <summary className="cursor-pointer font-medium text-sm">Address, e-mail and notes</summary>
        <div className="mt-4 grid gap-5 sm:grid-cols-2">
          <FormField name="email" label="Email" type="email" defaultValue={patient?.email ?? ''} autoComplete="off" />
          <FormField name="city" label="City" defaultValue={patient?.city ?? ''} autoComplete="off" maxLength={80} />
          <FormField name="address" label="Address" fieldClassName="sm:col-span-2" defaultValue={patient?.address ?? ''} autoComplete="off" maxLength={200} />
          <FormTextarea name="notes" label="Notes" fieldClassName="sm:col-span-2" defaultValue={patient?.notes ?? ''} maxLength={2000} />
        </div>
      </details>
    </>
  );
}
