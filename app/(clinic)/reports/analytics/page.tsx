import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BarChart } from '@/components/charts/bar-chart';
import { LineChart } from '@/components/charts/line-chart';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { PrintButton } from '@/features/frontdesk/appointments/ui/print-button';
import { STATION_LABEL } from '@/features/frontdesk/queue/policy';
import { inHours, inMinutes, inPercent } from '@/features/insight/reports/labels';
import { getAnalytics, getFirstNumbers, readRange } from '@/features/insight/reports/queries';
import { type Range, reportQuery } from '@/features/insight/reports/schema';
import { ClinicalCharts } from '@/features/insight/reports/ui/clinical';
import { CohortTable } from '@/features/insight/reports/ui/cohort-table';
import { CsvLink } from '@/features/insight/reports/ui/csv-link';
import { FlowTable } from '@/features/insight/reports/ui/flow-table';
import { Forecast } from '@/features/insight/reports/ui/forecast';
import { OfAllBranches } from '@/features/insight/reports/ui/of-all-branches';
import { PdfLink } from '@/features/insight/reports/ui/pdf-link';
import { PreparingNotice } from '@/features/insight/reports/ui/preparing-notice';
import { RangeForm } from '@/features/insight/reports/ui/range-form';
import { Recalls } from '@/features/insight/reports/ui/recalls';
import { StationsAndDoctors } from '@/features/insight/reports/ui/stations';
import { UtilisationTables } from '@/features/insight/reports/ui/utilisation';
import { notationOf } from '@/features/record/examinations/acuity';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { EVERYWHERE, scopesOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';
import { plainCount, shortDay } from '@/lib/words';

export const metadata: Metadata = { title: 'Advanced analytics' };

const BRINGS = [
  'Appointments day by day: kept, still to come, missed and cancelled',
  'How long patients wait for the doctor, and which station holds them up',
  'When patients arrive, hour by hour, and the time of each doctor',
  'Who comes for the first time, and how many of them come again, month by month',
  'Who is due again by month, as a list that reception can work through',
  'Which diagnoses patients come with, and whose sight gets better or worse',
  'How much of the time of doctors and rooms is booked and used',
  'The visits to expect next week, with how far such a forecast was off',
  'Any range of days up to a year, on screen and on paper',
];

export default async function AnalyticsPage({ searchParams }: PageProps<'/reports/analytics'>) {
  const ctx = await staffPage('reports:read');
  const today = todayIn(ctx.timeZone);
  const range = readRange(ctx, reportQuery.parse(await searchParams));
  const branches = scopesOf(ctx);
  const isIncluded = hasEntitlement(ctx, 'analytics');
  return (
    <>
      <p className="hidden font-semibold text-text print:block">{ctx.organization.name}</p>
      <PageHeader
        breadcrumbs={[{ label: 'Reports', href: paths.reports }, { label: 'Advanced analytics' }]}
        title="Advanced analytics"
        description={
          isIncluded
            ? `${formatDay(range.from)} to ${formatDay(range.to)}, ${range.days} days.`
            : 'How your days run, from the work your staff already record.'
        }
        actions={
          isIncluded ? (
            <>
              <PdfLink what="analytics" range={range} />
              <PrintButton />
            </>
          ) : null
        }
      />
      {isIncluded ? (
        <>
          <RangeForm range={range} today={today} action={paths.analytics} branches={branches} />
          <Suspense
            key={`${range.from}${range.to}${range.branch}`}
            fallback={<TableSkeleton rows={6} columns={2} label="Loading the charts" />}
          >
            <Charts ctx={ctx} range={range} />
          </Suspense>
        </>
      ) : (
        <Upgrade ctx={ctx} />
      )}
    </>
  );
}

async function Upgrade({ ctx }: { ctx: TenantContext }) {
  const { patients, visitsThisMonth } = await load(getFirstNumbers(ctx));
  return (
    <UpgradePanel
      entitlement="analytics"
      brings={BRINGS}
      figures={[
        { label: 'Patients registered', value: patients },
        { label: 'Visits this month', value: visitsThisMonth },
      ]}
      canUpgrade={ctx.can('billing:read')}
    />
  );
}

async function Charts({ ctx, range }: { ctx: TenantContext; range: Range }) {
  const analytics = await load(getAnalytics(ctx, range));
  const { totals, days, stations, bottleneck, hours, waitBands, doctors, forecast } = analytics;
  const byDay = {
    categoryLabel: 'Day',
    categories: days.map(({ day }) => shortDay(day)),
    longCategories: days.map(({ day }) => formatDay(day)),
  };
  return (
    <div className="grid gap-6">
      {range.branch && range.branch !== EVERYWHERE ? <OfAllBranches /> : null}
      <PreparingNotice through={analytics.preparedThrough} />
      <StatGrid>
        <Stat label="Visits" value={plainCount(totals.visits)} hint={`${totals.registered} new patients`} />
        <Stat
          label="No-shows"
          value={totals.due > 0 ? inPercent(totals.missed / totals.due) : '–'}
          hint={`${totals.missed} of ${totals.due} appointments`}
        />
        <Stat
          label="Wait to the doctor, median"
          value={totals.medianWaitMinutes === null ? '–' : inMinutes(totals.medianWaitMinutes)}
          hint={
            totals.p90WaitMinutes === null ? 'nobody seen' : `90 % within ${inMinutes(totals.p90WaitMinutes)}`
          }
        />
        <Stat
          label="Bottleneck"
          value={bottleneck ? STATION_LABEL[bottleneck.station] : '–'}
          hint={
            bottleneck
              ? `${inHours(Math.round(bottleneck.waitedMs / 60_000))} waited there in all`
              : 'nobody waited'
          }
        />
      </StatGrid>
      <Card className="p-4 sm:p-5">
        <BarChart
          {...byDay}
          title="Appointments per day"
          unit="Appointments"
          format={plainCount}
          series={[
            { key: 'kept', label: 'Kept', tone: 1, values: days.map(({ kept }) => kept) },
            { key: 'booked', label: 'Still booked', tone: 2, values: days.map(({ booked }) => booked) },
            { key: 'missed', label: 'No-show', tone: 3, values: days.map(({ missed }) => missed) },
            { key: 'cancelled', label: 'Cancelled', tone: 5, values: days.map(({ cancelled }) => cancelled) },
          ]}
        />
      </Card>
      <Card className="p-4 sm:p-5">
        <LineChart
          {...byDay}
          title="Wait to the doctor per day"
          unit="Minutes"
          format={inMinutes}
          formatTick={plainCount}
          series={[
            {
              key: 'median',
              label: 'Median',
              tone: 1,
              values: days.map(({ medianWaitMinutes }) => medianWaitMinutes),
            },
            {
              key: 'p90',
              label: '90th percentile',
              tone: 3,
              values: days.map(({ p90WaitMinutes }) => p90WaitMinutes),
            },
          ]}
        />
      </Card>
      <div className="grid items-start gap-6 2xl:grid-cols-2">
        {hours.length > 0 ? (
          <Card className="p-4 sm:p-5">
            <BarChart
              title="Patients arriving by hour"
              unit="Patients on a day"
              categoryLabel="Hour"
              categories={hours.map(({ hour }) => `${hour}:00`)}
              format={(value) => value.toFixed(1)}
              formatTick={plainCount}
              series={[
                {
                  key: 'arrivals',
                  label: 'Patients on a day',
                  tone: 2,
                  values: hours.map(({ patientsPerDay }) => patientsPerDay),
                },
              ]}
            />
          </Card>
        ) : null}
        {totals.medianWaitMinutes !== null ? (
          <Card className="p-4 sm:p-5">
            <BarChart
              title="How long patients wait for the doctor"
              unit="Patients"
              categoryLabel="Minutes from check-in"
              categories={waitBands.map(({ label }) => label)}
              format={plainCount}
              series={[
                {
                  key: 'patients',
                  label: 'Patients',
                  tone: 1,
                  values: waitBands.map(({ patients }) => patients),
                },
              ]}
            />
            <div className="no-print mt-2">
              <CsvLink range={range} what="waits" />
            </div>
          </Card>
        ) : null}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <StationsAndDoctors stations={stations} bottleneck={bottleneck} doctors={doctors} range={range} />
      </div>
      <FlowTable flow={analytics.flow} range={range} />
      <Card className="p-4 sm:p-5">
        <BarChart
          {...byDay}
          title="First visits and returning patients per day"
          unit="Visits"
          format={plainCount}
          series={[
            { key: 'new', label: 'First visit', tone: 1, values: days.map(({ newPatients }) => newPatients) },
            { key: 'returning', label: 'Returning', tone: 2, values: days.map(({ returning }) => returning) },
          ]}
        />
      </Card>
      <ClinicalCharts
        clinical={analytics.clinical}
        range={range}
        notation={notationOf(ctx.organization.country)}
      />
      <CohortTable cohorts={analytics.cohorts} range={range} />
      <Recalls recalls={analytics.recalls} range={range} />
      <UtilisationTables utilisation={analytics.utilisation} range={range} />
      <Forecast forecast={forecast} range={range} />
    </div>
  );
}
