import type { Metadata } from 'next';
import { openInUse } from '@/app/(clinic)/_shell/open-in-use';
import { PatientHead } from '@/app/(clinic)/_shell/patient-head';
import { Card } from '@/components/ui/card';
import { birthOrderOf } from '@/features/patients/patients/policy';
import { EditPatientForm } from '@/features/patients/patients/ui/edit-patient-form';
import { staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Edit patient' };

export default async function EditPatientPage({ params }: PageProps<'/patients/[patientId]/edit'>) {
  const ctx = await staffPage('patients:write');
  const patient = await openInUse(ctx, (await params).patientId);
  return (
    <div className="mx-auto max-w-2xl">
      <PatientHead
        ctx={ctx}
        patient={patient}
        breadcrumbs={[
          { label: 'Patients', href: paths.patients },
          { label: patient.name, href: paths.patient(patient.id) },
          { label: 'Edit' },
        ]}
      />
      <Card className="p-5 sm:p-6">
        <EditPatientForm
          patient={patient}
          today={today(ctx.timeZone)}
          birthOrder={birthOrderOf(ctx.organization.country)}
        />
      </Card>
    </div>
  );
}
