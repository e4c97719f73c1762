import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { PrintButton } from '@/components/appointments/print-button';
import { RangeForm } from '@/components/reports/range-form';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { load, staffPage } from '@/lib/actions/staff';
import { STATUS_LABEL } from '@/lib/features/appointments/policy';
import { getBasicReport } from '@/lib/features/reports/queries';
import { type Range, rangeOf, reportQuery } from '@/lib/features/reports/schema';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Reports' };

export default async function ReportsPage({ searchParams }: PageProps<'/reports'>) {
  const ctx = await staffPage('reports:read');
  const today = todayIn(ctx.timeZone);
  const range = rangeOf(reportQuery.parse(await searchParams), today);
  return (
    <>
      <PageHeader
        title="Reports"
        description={`${formatDay(range.from)} to ${formatDay(range.to)}, ${range.days} days.`}
        actions={
          <>
            <Link href={paths.analytics} className={buttonClass({ variant: 'secondary' })}>
              Advanced analytics
            </Link>
            <PrintButton />
          </>
        }
      />
      <RangeForm range={range} today={today} action={paths.reports} />
      <Suspense
        key={`${range.from}${range.to}`}
        fallback={<TableSkeleton rows={5} columns={2} label="Loading the report" />}
      >
        <Report ctx={ctx} range={range} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, range }: { ctx: TenantContext; range: Range }) {
  const report = await load(getBasicReport(ctx, range));
  const share = (count: number) =>
    report.booked > 0 ? `${Math.round((count / report.booked) * 100)} %` : '–';
  return (
    <div className="grid gap-6">
      <StatGrid>
        <Stat label="Patients registered" value={report.registered} hint={`${report.patients} in all`} />
        <Stat label="Visits" value={report.visits} hint="checked in" />
        <Stat label="Appointments" value={report.booked} hint="in any status" />
        <Stat
          label="Medicines to order"
          value={report.medicines.lowStock}
          hint="today"
          href={`${paths.medicines}?filter=low`}
        />
      </StatGrid>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section title="Appointments by status" flush>
          <table className="w-full text-left text-sm">
            <thead>
              <tr className="text-[0.8125rem] text-text-muted">
                <th scope="col" className="px-5 py-2 font-medium">
                  Status
                </th>
                <th scope="col" className="px-5 py-2 text-right font-medium">
                  Appointments
                </th>
                <th scope="col" className="px-5 py-2 text-right font-medium">
                  Share
                </th>
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {report.appointments.map(({ status, count }) => (
                <tr key={status} className="border-border border-t">
                  <th scope="row" className="px-5 py-2 font-normal text-text">
                    {STATUS_LABEL[status]}
                  </th>
                  <td className="px-5 py-2 text-right">{count}</td>
                  <td className="px-5 py-2 text-right text-text-muted">{share(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
        <Section title="Medicines today" description="Stock as it is now, whatever the range.">
          <StatGrid className="lg:grid-cols-3">
            <Stat
              label="Low or out"
              value={report.medicines.lowStock}
              href={`${paths.medicines}?filter=low`}
            />
            <Stat
              label="Expire within 90 days"
              value={report.medicines.expiring}
              href={`${paths.medicines}?filter=expiring`}
            />
            <Stat
              label="Expired"
              value={report.medicines.expired}
              href={`${paths.medicines}?filter=expired`}
            />
          </StatGrid>
        </Section>
      </div>
    </div>
  );
}
