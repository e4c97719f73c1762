import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { ReportTable } from '@/components/ui/report-table';
import { Stat, StatGrid } from '@/components/ui/stat';
import { PLANS } from '@/features/subscription/billing/plans';
import { TARGETS } from '@/features/support/tickets/policy';
import { getTargetsReport } from '@/features/support/tickets/queries';
import { reportQuery } from '@/features/support/tickets/schema';
import { DeskTabs } from '@/features/support/tickets/ui/desk-tabs';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Targets met' };

/** `2026-06` so many months later. */
function monthAfter(month: string, months: number): string {
  const first = new Date(`${month}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  return first.toISOString().slice(0, 7);
}
const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)}%`;

export default async function TargetsPage({ searchParams }: PageProps<'/platform/tickets/report'>) {
  const ctx = await platformPage('tickets:read');
  const now = new Date().toISOString().slice(0, 7);
  const { month = now } = reportQuery.parse(await searchParams);
  const { plans } = await load(getTargetsReport(ctx, month));
  const answers = plans.reduce((sum, { inTime, late }) => sum + inTime + late, 0);
  const inTime = plans.reduce((sum, plan) => sum + plan.inTime, 0);
  const good = plans.reduce((sum, plan) => sum + plan.good, 0);
  const ratings = plans.reduce((sum, plan) => sum + plan.good + plan.bad, 0);
  return (
    <>
      <PageHeader
        title="Targets met"
        description="How many answers came by the time that was promised, and what customers said."
      />
      <DeskTabs />
      <div className="grid gap-6">
        <StatGrid className="lg:grid-cols-3">
          <Stat label="Answers" value={answers.toLocaleString('en-US')} hint={monthName(month)} />
          <Stat label="In time" value={share(inTime, answers)} hint={`${inTime} of ${answers}`} />
          <Stat label="Rated as good" value={share(good, ratings)} hint={`${good} of ${ratings} ratings`} />
        </StatGrid>
        <Section title="By plan" description={monthName(month)} flush>
          <ReportTable
            caption="Answers in time and ratings by plan"
            rows={plans}
            rowKey={({ plan }) => plan}
            empty="No answers in this month."
            columns={[
              {
                label: 'Plan',
                cell: ({ plan }) => (
                  <span className="grid">
                    {PLANS[plan].name}
                    <span className="text-[0.8125rem] text-text-muted">{TARGETS[plan].words}</span>
                  </span>
                ),
              },
              { label: 'In time', cell: (row) => row.inTime },
              { label: 'Late', cell: (row) => row.late },
              { label: 'Share in time', cell: (row) => share(row.inTime, row.inTime + row.late) },
              { label: 'Rated as good', cell: (row) => share(row.good, row.good + row.bad) },
              { label: 'Ratings', cell: (row) => row.good + row.bad },
            ]}
          />
        </Section>
        <Pagination
          label="Months"
          summary={monthName(month)}
          previousHref={withQuery(PLATFORM.ticketReport, { month: monthAfter(month, -1) })}
          nextHref={month < now ? withQuery(PLATFORM.ticketReport, { month: monthAfter(month, 1) }) : null}
        />
      </div>
    </>
  );
}
