import type { Metadata } from 'next';
import { Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { ReportTable } from '@/components/ui/report-table';
import { TableSkeleton } from '@/components/ui/skeleton';
import { newAppointmentHref } from '@/features/frontdesk/appointments/ui/addresses';
import { PrintButton } from '@/features/frontdesk/appointments/ui/print-button';
import { countRecalls, listRecalls } from '@/features/frontdesk/recalls/queries';
import { type RecallQuery, recallQuery } from '@/features/frontdesk/recalls/schema';
import { RecallFilter } from '@/features/frontdesk/recalls/ui/recall-filter';
import { countPatients } from '@/features/patients/patients/queries';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay } from '@/lib/time';
import { dueName } from '@/lib/words';

export const metadata: Metadata = { title: 'Due again' };

const BRINGS = [
  'Patients whose last visit is 6, 12 or 24 months ago, with nothing booked',
  'Month by month, with the phone number beside each and the way to book',
];

export default async function RecallsPage({ searchParams }: PageProps<'/patients/recalls'>) {
  const ctx = await staffPage('patients:read');
  const query = recallQuery.parse(await searchParams);
  const isIncluded = hasEntitlement(ctx, 'analytics');
  return (
    <>
      <p className="hidden font-semibold text-text print:block">{ctx.organization.name}</p>
      <PageHeader
        breadcrumbs={[{ label: 'Patients', href: paths.patients }, { label: 'Due again' }]}
        title="Due again"
        description={
          query.months === '0'
            ? 'Patients whom a doctor asked back, with nothing booked since.'
            : `Patients whose last visit is ${query.months} months ago, with nothing booked.`
        }
        actions={isIncluded ? <PrintButton /> : null}
      />
      {isIncluded ? (
        <Suspense
          key={`${query.months}${query.due}${query.branch}`}
          fallback={<TableSkeleton rows={8} columns={4} label="Loading who is due" />}
        >
          <Recalls ctx={ctx} query={query} />
        </Suspense>
      ) : (
        <Upgrade ctx={ctx} />
      )}
    </>
  );
}

async function Upgrade({ ctx }: { ctx: TenantContext }) {
  const patients = await load(countPatients(ctx));
  return (
    <UpgradePanel
      entitlement="analytics"
      brings={BRINGS}
      figures={[{ label: 'Patients registered', value: patients }]}
      canUpgrade={ctx.can('billing:read')}
    />
  );
}

async function Recalls({ ctx, query }: { ctx: TenantContext; query: RecallQuery }) {
  const [counts, { due, patients, before, after }] = await load(
    Promise.all([countRecalls(ctx, query), listRecalls(ctx, query)]),
  );
  const scopes = scopesOf(ctx);
  const branch = scopeOf(ctx, query.branch);
  const asked = scopes.length > 0 ? { branch } : {};
  const mayBook = ctx.can('appointments:write');
  const hrefOf = (cursor: Record<string, string>) =>
    withQuery(paths.recalls, { months: query.months, due, ...asked, ...cursor });
  return (
    <div className="grid gap-5">
      <RecallFilter months={query.months} due={due} counts={counts} scopes={scopes} branch={branch} />
      <Section title={due === 'earlier' ? 'Due earlier' : `Due in ${dueName(due)}`} flush>
        {patients.length === 0 ? (
          <EmptyState icon={<Icon of="user-round-check" />} title="Nobody is due">
            Everybody of this month has been here since, or has an appointment. Choose another month above.
          </EmptyState>
        ) : (
          <ReportTable
            caption="Patients who are due again"
            rows={patients}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Patient',
                cell: ({ id, name, number, dueDay }) => (
                  <>
                    <Link href={paths.patient(id)} className="font-medium text-text hover:underline">
                      {name}
                    </Link>
                    <span className="block text-[0.8125rem] text-text-muted">
                      <span className="whitespace-nowrap">{number}</span>, due{' '}
                      <span className="whitespace-nowrap">{formatDay(dueDay)}</span>
                    </span>
                  </>
                ),
              },
              {
                label: 'Phone',
                cell: ({ phone }) => (
                  <a
                    href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
                    className="whitespace-nowrap hover:underline"
                  >
                    {phone}
                  </a>
                ),
              },
              ...(mayBook
                ? [
                    {
                      label: 'Appointment',
                      cell: ({ id, name }: { id: string; name: string }) => (
                        <Link
                          href={newAppointmentHref({ patientId: id })}
                          aria-label={`Book an appointment for ${name}`}
                          className={buttonClass({ variant: 'secondary', size: 'sm' })}
                        >
                          Book
                        </Link>
                      ),
                    },
                  ]
                : []),
            ]}
            empty=""
            isStacked
          />
        )}
      </Section>
      <Pagination
        previousHref={before ? hrefOf({ before }) : null}
        nextHref={after ? hrefOf({ after }) : null}
        summary={patients.length > 0 ? `${patients.length} shown` : ''}
      />
    </div>
  );
}
