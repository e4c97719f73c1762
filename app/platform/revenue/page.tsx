import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BarChart } from '@/components/charts/bar-chart';
import { LineChart } from '@/components/charts/line-chart';
import { buttonClass } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { PLANS } from '@/features/subscription/billing/plans';
import { monthName } from '@/features/subscription/revenue/months';
import { getRevenueNow, listRevenueMonths } from '@/features/subscription/revenue/queries';
import { revenueQuery } from '@/features/subscription/revenue/schema';
import { RevenueMonths } from '@/features/subscription/revenue/ui/revenue-months';
import { figureHref, inPercent } from '@/features/subscription/revenue/ui/revenue-words';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { exponentOf } from '@/lib/currency';
import { formatMoney } from '@/lib/money';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Revenue' };

export default async function RevenuePage({ searchParams }: PageProps<'/platform/revenue'>) {
  const ctx = await platformPage('revenue:read');
  const { currency } = revenueQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Revenue"
        description="What subscriptions bring in a month, and what came and went. Months are in UTC."
        actions={
          <Link href={PLATFORM.taxes} className={buttonClass()}>
            Taxes and journal
          </Link>
        }
      />
      <Suspense fallback={<TableSkeleton rows={8} columns={3} label="Loading the revenue" />}>
        <Revenue ctx={ctx} currency={currency} />
      </Suspense>
    </>
  );
}

async function Revenue({ ctx, currency: wanted }: { ctx: PlatformContext; currency: string | undefined }) {
  const now = await load(getRevenueNow(ctx, wanted));
  const months = await load(listRevenueMonths(ctx, now.currency));
  const { currency } = now;
  const money = (cents: number) => formatMoney(cents, currency);
  // Whole units on the scale of a chart.
  const unitMinor = 10 ** exponentOf(currency.toUpperCase());
  const tick = (cents: number) => formatMoney(Math.round(cents / unitMinor) * unitMinor, currency);
  const unit = `${currency.toUpperCase()} a month`;
  const current = months.at(-1);
  const categories = months.map(({ month }) => monthName(month).slice(0, 3));
  const longCategories = months.map(({ month }) => monthName(month));
  return (
    <div className="grid gap-6">
      <StatGrid>
        <Stat
          label="MRR"
          value={<span data-testid="revenue-mrr">{money(now.mrrCents)}</span>}
          hint="monthly recurring revenue"
          href={figureHref('mrr', { currency })}
        />
        <Stat label="ARR" value={money(now.arrCents)} hint="MRR times twelve" />
        <Stat
          label="Paying customers"
          value={now.customers}
          hint={now.arpaCents === null ? 'nobody pays yet' : `${money(now.arpaCents)} each on average (ARPA)`}
          href={figureHref('mrr', { currency })}
        />
        <Stat
          label="Churn this month"
          value={inPercent(current?.customerChurn ?? null)}
          hint={`of customers; ${inPercent(current?.revenueChurn ?? null)} of revenue`}
        />
        <Stat
          label="Trials ending"
          value={now.trialsEnding}
          hint="within 14 days"
          href={figureHref('trials', { currency })}
        />
        <Stat
          label="Past due"
          value={now.pastDue.customers}
          hint={`${money(now.pastDue.mrrCents)} a month at risk`}
          href={figureHref('past-due', { currency })}
        />
        <Stat
          label="Failed payments"
          value={now.failedPayments}
          hint="attempts in 30 days"
          href={figureHref('failed-payments', { currency })}
        />
        <Stat
          label="Upcoming renewals"
          value={now.renewals.customers}
          hint={`${money(now.renewals.cents)} within 30 days`}
          href={figureHref('renewals', { currency })}
        />
      </StatGrid>
      {now.others.length > 0 ? (
        <p className="text-text-muted">
          In other currencies, not included above:{' '}
          {now.others.map((other, index) => (
            <span key={other.currency}>
              {index > 0 ? ', ' : ''}
              <Link
                href={withQuery(PLATFORM.revenue, { currency: other.currency })}
                className="text-accent underline underline-offset-2"
              >
                {formatMoney(other.cents, other.currency)} a month
              </Link>
            </span>
          ))}
          .
        </p>
      ) : null}
      <div className="grid items-start gap-6 2xl:grid-cols-2">
        <Card className="min-w-0 p-4 sm:p-5">
          <LineChart
            title="MRR at the end of each month"
            unit={unit}
            categoryLabel="Month"
            isNewestLast
            categories={categories}
            longCategories={longCategories}
            format={money}
            formatTick={tick}
            series={[{ key: 'mrr', label: 'MRR', tone: 1, values: months.map(({ mrrCents }) => mrrCents) }]}
          />
        </Card>
        <Card className="min-w-0 p-4 sm:p-5">
          <BarChart
            title="What came and went"
            unit={unit}
            categoryLabel="Month"
            isNewestLast
            categories={categories}
            longCategories={longCategories}
            format={money}
            formatTick={tick}
            series={[
              { key: 'new', label: 'New', tone: 1, values: months.map((row) => row.newCents) },
              {
                key: 'expansion',
                label: 'Expansion',
                tone: 4,
                values: months.map((row) => row.expansionCents),
              },
              {
                key: 'back',
                label: 'Reactivation',
                tone: 2,
                values: months.map((row) => row.reactivationCents),
              },
              {
                key: 'less',
                label: 'Contraction',
                tone: 3,
                values: months.map((row) => row.contractionCents),
              },
              { key: 'churn', label: 'Churn', tone: 5, values: months.map((row) => row.churnCents) },
            ]}
          />
        </Card>
      </div>
      <Section title="Plans" description="Paying customers by plan" flush>
        <table className="w-full text-left text-sm">
          <thead>
            <tr className="text-[0.8125rem] text-text-muted">
              <th scope="col" className="px-2.5 sm:px-4 py-2.5 font-medium">
                Plan
              </th>
              <th scope="col" className="px-2.5 sm:px-4 py-2.5 text-right font-medium">
                Customers
              </th>
              <th scope="col" className="px-2.5 sm:px-4 py-2.5 text-right font-medium">
                MRR
              </th>
              <th scope="col" className="px-2.5 sm:px-4 py-2.5 text-right font-medium">
                Share
              </th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {now.plans.map(({ plan, customers, mrrCents }) => (
              <tr key={plan} className="border-border border-t text-text-muted">
                <th scope="row" className="px-2.5 sm:px-4 py-2 font-medium text-text">
                  <Link href={figureHref('mrr', { currency, plan })} className="hover:underline">
                    {PLANS[plan].name}
                  </Link>
                </th>
                <td className="px-2.5 sm:px-4 py-2 text-right">{customers}</td>
                <td className="px-2.5 sm:px-4 py-2 text-right">{money(mrrCents)}</td>
                <td className="px-2.5 sm:px-4 whitespace-nowrap py-2 text-right">
                  {inPercent(now.mrrCents > 0 ? mrrCents / now.mrrCents : null)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="Month by month" description="An amount leads to the organizations behind it." flush>
        <RevenueMonths months={months} currency={currency} />
      </Section>
      <p className="text-[0.8125rem] text-text-subtle">
        Prices of the subscriptions at Stripe, a yearly one as a twelfth, before discounts and taxes. As of{' '}
        {inUtc(now.asOf)}.
      </p>
    </div>
  );
}
