import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { newClaimQuery } from '@/features/cashier/claims/schema';
import { AuthorizationForm } from '@/features/cashier/claims/ui/authorization-form';
import { listCoverages } from '@/features/cashier/coverages/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Pre-authorization' };

export default async function NewClaimPage({ searchParams }: PageProps<'/cashier/claims/new'>) {
  const ctx = await staffPage('claims:write');
  const { patient: patientId } = newClaimQuery.parse(await searchParams);
  if (!patientId) redirect(paths.claims);
  const [patient, coverages, { currency }] = await load(
    Promise.all([getPatient(ctx, patientId), listCoverages(ctx, patientId), getBillSettings(ctx)]),
  );
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Claims', href: paths.claims },
          { label: 'Pre-authorization' },
        ]}
        title={`Pre-authorization for ${patient.name}`}
        description={patient.number}
      />
      {coverages.length === 0 ? (
        <EmptyState
          title="No policy yet"
          action={
            <Link href={paths.patientPayers(patient.id)} className={buttonClass({ variant: 'primary' })}>
              Add a policy
            </Link>
          }
        >
          A payer is asked under a policy or card of the patient.
        </EmptyState>
      ) : (
        <Card className="p-5 sm:p-6">
          <AuthorizationForm
            patientId={patient.id}
            coverages={coverages.map(({ id, payerName, policyNumber }) => ({
              id,
              label: [payerName, policyNumber].filter(Boolean).join(', '),
            }))}
            currency={currency}
          />
        </Card>
      )}
    </div>
  );
}
