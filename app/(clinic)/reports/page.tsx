import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BarChart } from '@/components/charts/bar-chart';
import { buttonClass } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { STATUS_LABEL } from '@/features/frontdesk/appointments/policy';
import { PrintButton } from '@/features/frontdesk/appointments/ui/print-button';
import { findReportMail } from '@/features/insight/report-mails/service';
import { MailDialog } from '@/features/insight/report-mails/ui/mail-dialog';
import { inMinutes, inPercent } from '@/features/insight/reports/labels';
import { getBasicReport, readRange } from '@/features/insight/reports/queries';
import { type Range, reportQuery } from '@/features/insight/reports/schema';
import { changeOf } from '@/features/insight/reports/summary';
import { CsvLink } from '@/features/insight/reports/ui/csv-link';
import { OfAllBranches } from '@/features/insight/reports/ui/of-all-branches';
import { PdfLink } from '@/features/insight/reports/ui/pdf-link';
import { PreparingNotice } from '@/features/insight/reports/ui/preparing-notice';
import { RangeForm } from '@/features/insight/reports/ui/range-form';
import { medicinesHref } from '@/features/pharmacy/medicines/ui/addresses';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { EVERYWHERE, scopesOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';
import { plainCount, shortDay } from '@/lib/words';

export const metadata: Metadata = { title: 'Reports' };

export default async function ReportsPage({ searchParams }: PageProps<'/reports'>) {
  const ctx = await staffPage('reports:read');
  const today = todayIn(ctx.timeZone);
  const range = readRange(ctx, reportQuery.parse(await searchParams));
  const branches = scopesOf(ctx);
  const mail = ctx.actor.kind === 'staff' && !ctx.actor.onBehalfOf ? await load(findReportMail(ctx)) : null;
  return (
    <>
      <p className="hidden font-semibold text-text print:block">{ctx.organization.name}</p>
      <PageHeader
        title="Reports"
        description={
          range.days === 1
            ? `${formatDay(range.from)}, compared with the day before.`
            : `${formatDay(range.from)} to ${formatDay(range.to)}, ${range.days} days, compared with the ${range.days} days before.`
        }
        actions={
          <>
            <Link href={paths.prescribingReport} className={buttonClass({ variant: 'secondary' })}>
              What is prescribed
            </Link>
            <Link href={paths.analytics} className={buttonClass({ variant: 'secondary' })}>
              Advanced analytics
            </Link>
            <MailDialog mail={mail} />
            <PdfLink what="basic" range={range} />
            <PrintButton />
          </>
        }
      />
      <RangeForm range={range} today={today} action={paths.reports} branches={branches} />
      <Suspense
        key={`${range.from}${range.to}${range.branch}`}
        fallback={<TableSkeleton rows={5} columns={2} label="Loading the report" />}
      >
        <Report ctx={ctx} range={range} />
      </Suspense>
    </>
  );
}

async function Report({ ctx, range }: { ctx: TenantContext; range: Range }) {
  const report = await load(getBasicReport(ctx, range));
  const { now, before, days } = report;
  // The figures of stock are of all branches, and so are the lists behind them.
  const ofAll = ctx.branches.length > 1 ? { branch: EVERYWHERE } : {};
  const share = (count: number) => (now.booked > 0 ? inPercent(count / now.booked) : '–');
  return (
    <div className="grid gap-6">
      {range.branch && range.branch !== EVERYWHERE ? <OfAllBranches /> : null}
      <PreparingNotice through={report.preparedThrough} />
      <StatGrid>
        <Stat
          label="Patients registered"
          value={plainCount(now.registered)}
          delta={changeOf(now.registered, before.registered, 'more')}
          hint={`${plainCount(report.patients)} in all`}
        />
        <Stat
          label="Visits"
          value={plainCount(now.visits)}
          delta={changeOf(now.visits, before.visits, 'more')}
          hint={`${now.left} left before the end`}
        />
        <Stat
          label="No-shows"
          value={now.due > 0 ? inPercent(now.missed / now.due) : '–'}
          delta={changeOf(now.missed, before.missed, 'fewer')}
          hint={`${now.missed} of ${now.due} appointments`}
        />
        <Stat
          label="Wait to the doctor"
          value={now.medianWaitMinutes === null ? '–' : inMinutes(now.medianWaitMinutes)}
          {...(now.medianWaitMinutes !== null && before.medianWaitMinutes !== null
            ? { delta: changeOf(now.medianWaitMinutes, before.medianWaitMinutes, 'fewer') }
            : {})}
          hint={now.p90WaitMinutes === null ? 'nobody seen' : `90 % within ${inMinutes(now.p90WaitMinutes)}`}
        />
      </StatGrid>
      {days.length > 1 ? (
        <Card className="p-4 sm:p-5">
          <BarChart
            title="Visits per day"
            unit="Visits"
            categoryLabel="Day"
            isNewestLast
            categories={days.map(({ day }) => shortDay(day))}
            longCategories={days.map(({ day }) => formatDay(day))}
            format={plainCount}
            series={[{ key: 'visits', label: 'Visits', tone: 1, values: days.map(({ visits }) => visits) }]}
          />
          <div className="no-print mt-2">
            <CsvLink range={range} what="days" />
          </div>
        </Card>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section
          title="Appointments by status"
          description={`${plainCount(now.booked)} appointments, ${plainCount(before.booked)} in the period before.`}
          actions={<CsvLink range={range} what="appointments" />}
          flush
        >
          <ReportTable
            caption="Appointments by status"
            rows={report.appointments}
            rowKey={({ status }) => status}
            columns={[
              { label: 'Status', cell: ({ status }) => STATUS_LABEL[status] },
              { label: 'Appointments', cell: ({ count }) => plainCount(count) },
              { label: 'Share', cell: ({ count }) => share(count) },
              { label: 'Before', cell: (row) => plainCount(row.before) },
            ]}
            empty="No appointments in these days."
          />
        </Section>
        <Section title="Visits per doctor" actions={<CsvLink range={range} what="doctors" />} flush>
          <ReportTable
            caption="Visits per doctor"
            rows={report.doctors}
            rowKey={({ doctorId }) => doctorId}
            columns={[
              { label: 'Doctor', cell: ({ name }) => name },
              { label: 'Visits', cell: ({ visits }) => plainCount(visits) },
              { label: 'Before', cell: (row) => plainCount(row.before) },
            ]}
            empty="No visit of these days has a doctor."
          />
        </Section>
        <Section
          title="Medicines dispensed"
          description="Units given out, less what came back."
          actions={<CsvLink range={range} what="medicines" />}
          flush
        >
          <ReportTable
            caption="Medicines dispensed"
            rows={report.dispensed.slice(0, 15)}
            rowKey={({ medicineId }) => medicineId}
            columns={[
              { label: 'Medicine', cell: ({ name }) => name },
              { label: 'Dispensed', cell: ({ quantity, unit }) => `${plainCount(quantity)} ${unit}` },
            ]}
            empty="Nothing was dispensed in these days."
          />
          {report.dispensed.length > 15 ? (
            <p className="border-border border-t px-5 py-2 text-[0.8125rem] text-text-subtle">
              And {report.dispensed.length - 15} more in the CSV.
            </p>
          ) : null}
        </Section>
        <Section title="Stock today" description="As it is now, whatever the period.">
          <StatGrid className="lg:grid-cols-3">
            <Stat
              label="Low or out"
              value={report.medicines.lowStock}
              href={medicinesHref({ show: 'low', ...ofAll })}
            />
            <Stat
              label="Expire within 90 days"
              value={report.medicines.expiring}
              href={medicinesHref({ show: 'expiring', ...ofAll })}
            />
            <Stat
              label="Expired"
              value={report.medicines.expired}
              href={medicinesHref({ show: 'expired', ...ofAll })}
            />
          </StatGrid>
        </Section>
      </div>
    </div>
  );
}
