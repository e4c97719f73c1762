import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { birthOrderOf } from '@/features/patients/patients/policy';
import { RegisterPatientForm } from '@/features/patients/patients/ui/register-patient-form';
import { staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Register patient' };

export default async function NewPatientPage() {
  const ctx = await staffPage('patients:write');
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="Register patient"
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: 'Register' }]}
      />
      <Card className="p-5 sm:p-6">
        <RegisterPatientForm
          today={today(ctx.timeZone)}
          birthOrder={birthOrderOf(ctx.organization.country)}
        />
      </Card>
    </div>
  );
}
