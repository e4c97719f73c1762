import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PrintButton } from '@/components/appointments/print-button';
import { UpgradePanel } from '@/components/billing/upgrade-panel';
import { BarChart } from '@/components/charts/bar-chart';
import { LineChart } from '@/components/charts/line-chart';
import { RangeForm } from '@/components/reports/range-form';
import { inMinutes, plainCount, shortDay } from '@/components/reports/report-words';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { load, staffPage } from '@/lib/actions/staff';
import { hasEntitlement } from '@/lib/features/entitlements/policy';
import { STATION_LABEL } from '@/lib/features/queue/policy';
import { getAnalytics, getFirstNumbers } from '@/lib/features/reports/queries';
import { type Range, rangeOf, reportQuery } from '@/lib/features/reports/schema';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Advanced analytics' };

const BRINGS = [
  'Appointments day by day: kept, still to come, missed and cancelled',
  'How long patients wait, day by day and at each station of your queue',
  'Any range of days up to a year, on screen and on paper',
];

export default async function AnalyticsPage({ searchParams }: PageProps<'/reports/analytics'>) {
  const ctx = await staffPage('reports:read');
  const today = todayIn(ctx.timeZone);
  const range = rangeOf(reportQuery.parse(await searchParams), today);
  const isIncluded = hasEntitlement(ctx, 'analytics');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Reports', href: paths.reports }, { label: 'Advanced analytics' }]}
        title="Advanced analytics"
        description={
          isIncluded
            ? `${formatDay(range.from)} to ${formatDay(range.to)}, ${range.days} days.`
            : 'How your days run, from the work your staff already record.'
        }
        actions={isIncluded ? <PrintButton /> : null}
      />
      {isIncluded ? (
        <>
          <RangeForm range={range} today={today} action={paths.analytics} />
          <Suspense
            key={`${range.from}${range.to}`}
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
  const { days, stations, averageWaitMinutes } = await load(getAnalytics(ctx, range));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const missed = sum(days.map(({ missed }) => missed));
  const due = sum(days.map(({ kept, missed }) => kept + missed));
  const measured = stations.filter(({ waitMinutes }) => waitMinutes !== null);
  const byDay = {
    categoryLabel: 'Day',
    categories: days.map(({ day }) => shortDay(day)),
    longCategories: days.map(({ day }) => formatDay(day)),
  };
  return (
    <div className="grid gap-6">
      <StatGrid>
        <Stat label="Visits" value={sum(days.map(({ visits }) => visits))} />
        <Stat label="Appointments kept" value={sum(days.map(({ kept }) => kept))} />
        <Stat
          label="No-shows"
          value={due > 0 ? `${Math.round((missed / due) * 100)} %` : '–'}
          hint={`${missed} of ${due} appointments`}
        />
        <Stat
          label="Average wait at a station"
          value={averageWaitMinutes === null ? '–' : inMinutes(averageWaitMinutes)}
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
          title="Average wait per day"
          unit="Minutes"
          format={inMinutes}
          formatTick={plainCount}
          series={[
            {
              key: 'wait',
              label: 'Average wait',
              tone: 1,
              values: days.map(({ waitMinutes }) => waitMinutes),
            },
          ]}
        />
      </Card>
      {measured.length > 0 ? (
        <Card className="p-4 sm:p-5">
          <BarChart
            title="Average wait by station"
            unit="Minutes"
            categoryLabel="Station"
            categories={measured.map(({ station }) => STATION_LABEL[station])}
            format={inMinutes}
            formatTick={plainCount}
            series={[
              {
                key: 'wait',
                label: 'Average wait',
                tone: 1,
                values: measured.map(({ waitMinutes }) => waitMinutes),
              },
            ]}
          />
        </Card>
      ) : null}
      <p className="text-[0.8125rem] text-text-subtle">
        A wait lasts from joining a station’s line until somebody begins with the patient.
      </p>
    </div>
  );
}
