import { UserRoundPlus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PatientsTable } from '@/components/patients/patients-table';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { load, staffPage } from '@/lib/actions/staff';
import { countPatients, listPatients } from '@/lib/features/patients/queries';
import { type PatientListQuery, patientListQuery } from '@/lib/features/patients/schema';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { ageInYears, dayOf, formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Patients' };

export default async function PatientsPage({ searchParams }: PageProps<'/patients'>) {
  const ctx = await staffPage('patients:read');
  const query = patientListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Patients"
        actions={
          ctx.can('patients:write') ? (
            <Button asChild variant="primary">
              <Link href={paths.newPatient}>
                <UserRoundPlus aria-hidden="true" /> Register patient
              </Link>
            </Button>
          ) : null
        }
      />
      <Suspense fallback={<TableSkeleton rows={8} columns={5} />}>
        <PatientList ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function PatientList({ ctx, query }: { ctx: TenantContext; query: PatientListQuery }) {
  const [page, total] = await load(Promise.all([listPatients(ctx, query), countPatients(ctx)]));
  const day = today(ctx.timeZone);
  const dayText = (instant: string | null) => (instant ? formatDay(dayOf(new Date(instant), ctx.timeZone)) : null);
  const href = (cursor: Record<string, string | null>): string => {
    const params = new URLSearchParams();
    if (query.q) params.set('q', query.q);
    params.set('sort', query.sort);
    for (const [name, value] of Object.entries(cursor)) if (value) params.set(name, value);
    return `${paths.patients}?${params}`;
  };
  return (
    <PatientsTable
      rows={page.patients.map((patient) => ({
        id: patient.id,
        number: patient.number,
        name: patient.name,
        phone: patient.phone,
        sex: patient.sex,
        age: ageInYears(patient.dateOfBirth, day),
        lastVisit: dayText(patient.lastVisitAt),
        registered: dayText(patient.registeredAt) ?? '',
      }))}
      sort={query.sort}
      search={query.q}
      summary={query.q ? `${page.patients.length}${page.after ? ' or more' : ''} found` : `${total.toLocaleString('en')} in all`}
      previousHref={page.before ? href({ before: page.before }) : null}
      nextHref={page.after ? href({ after: page.after }) : null}
      canRegister={ctx.can('patients:write')}
    />
  );
}
