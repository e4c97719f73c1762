import type { Metadata } from 'next';
import { Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { ageText, numberText, SEXES } from '@/features/patients/patients/policy';
import { countPatients, listPatients } from '@/features/patients/patients/queries';
import { type PatientListQuery, patientListQuery } from '@/features/patients/patients/schema';
import { PatientsTable } from '@/features/patients/patients/ui/patients-table';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Patients' };

export default async function PatientsPage({ searchParams }: PageProps<'/patients'>) {
  const ctx = await staffPage('patients:read');
  const query = patientListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Patients"
        actions={
          <>
            {hasEntitlement(ctx, 'analytics') ? (
              <Link href={paths.recalls} className={buttonClass({ variant: 'secondary' })}>
                Due again
              </Link>
            ) : null}
            {ctx.can('patients:write') ? (
              <Link href={paths.newPatient} className={buttonClass({ variant: 'primary' })}>
                <Icon of="user-round-plus" /> Register patient
              </Link>
            ) : null}
          </>
        }
      />
      {/* No key: the search box is inside, and must keep its focus while the list changes under it. */}
      <Suspense fallback={<TableSkeleton rows={8} columns={5} label="Loading patients" />}>
        <PatientList ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function PatientList({ ctx, query }: { ctx: TenantContext; query: PatientListQuery }) {
  const [page, total] = await load(Promise.all([listPatients(ctx, query), countPatients(ctx)]));
  const day = today(ctx.timeZone);
  const dayText = (instant: string) => formatDay(dayOf(new Date(instant), ctx.timeZone));
  return (
    <PatientsTable
      rows={page.patients.map((patient) => ({
        id: patient.id,
        number: numberText(patient),
        name: patient.name,
        phone: patient.phone,
        ageAndSex: `${ageText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, day)}, ${SEXES[patient.sex].toLowerCase()}`,
        isActive: patient.isActive,
        lastVisit: patient.lastVisitAt ? dayText(patient.lastVisitAt) : null,
        registered: dayText(patient.registeredAt),
      }))}
      sort={query.sort}
      search={query.q}
      summary={query.q ? foundText(page.patients.length, page.hasMore) : totalText(total)}
      previousHref={page.before ? pageHref(query, { before: page.before }) : null}
      nextHref={page.after ? pageHref(query, { after: page.after }) : null}
      canRegister={ctx.can('patients:write')}
      canExport={ctx.can('patients:export')}
    />
  );
}

const foundText = (count: number, hasMore: boolean): string =>
  hasMore ? `The first ${count} are shown. Type more to narrow it down.` : `${count} found`;

const totalText = (total: number): string =>
  total === 1 ? '1 patient in all' : `${total.toLocaleString('en')} patients in all`;

const pageHref = ({ sort }: PatientListQuery, cursor: Record<string, string>): string =>
  `${paths.patients}?${new URLSearchParams({ sort, ...cursor })}`;
