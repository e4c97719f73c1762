import type { Metadata } from 'next';
import { Suspense } from 'react';
import { May } from '@/components/layout/may';
import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { TabLinks } from '@/components/ui/tabs';
import { getTaxReport } from '@/features/subscription/accounting/queries';
import { taxMonthQuery } from '@/features/subscription/accounting/schema';
import { TaxTable } from '@/features/subscription/accounting/ui/tax-table';
import { lastMonths, monthName } from '@/features/subscription/revenue/months';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Taxes' };

const MONTHS = 6;

export default async function TaxesPage({ searchParams }: PageProps<'/platform/revenue/taxes'>) {
  const ctx = await platformPage('revenue:read');
  const { month } = taxMonthQuery.parse(await searchParams);
  const months = lastMonths(new Date(), MONTHS);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Revenue', href: PLATFORM.revenue }, { label: 'Taxes' }]}
        title="Taxes"
        description="What was invoiced where, and the tax of it, as Stripe has it. Months are in UTC."
      />
      <TabLinks
        label="Months"
        className="mb-5"
        items={months.map((one) => ({
          href: withQuery(PLATFORM.taxes, { month: one }),
          label: monthName(one),
          active: one === month,
        }))}
      />
      <div className="grid gap-6">
        <Section
          title={`Invoices of ${monthName(month)}`}
          description="Less credit notes; without drafts and void ones"
          flush
        >
          <Suspense
            key={month}
            fallback={<TableSkeleton rows={4} columns={6} label="Loading the invoices of the month" />}
          >
            <Report ctx={ctx} month={month} />
          </Suspense>
        </Section>
        <May to="accounting:export">
          <div className="grid gap-6 md:grid-cols-2">
            <Section
              title="Journal"
              description="Entries with two sides: invoices, payments and what was given back"
            >
              <ExportLinks href={withQuery(PLATFORM.journalExport, { month })} what="the journal" />
            </Section>
            <Section
              title="List of invoices"
              description="And credit notes, with tax numbers, for the tax office"
            >
              <ExportLinks href={withQuery(PLATFORM.bookedInvoicesExport, { month })} what="the invoices" />
            </Section>
          </div>
        </May>
      </div>
    </>
  );
}

async function Report({ ctx, month }: { ctx: PlatformContext; month: string }) {
  const rows = await load(getTaxReport(ctx, month));
  if (!rows)
    return (
      <Alert tone="warning" title="Stripe cannot be reached right now" className="m-4">
        Load the page again in a minute.
      </Alert>
    );
  return <TaxTable rows={rows} />;
}
