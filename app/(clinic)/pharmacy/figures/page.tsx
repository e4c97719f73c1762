import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { wholeShare } from '@/features/dispensary/doctor-figures/policy';
import { listDoctorFigures } from '@/features/dispensary/doctor-figures/queries';
import { doctorFiguresQuery } from '@/features/dispensary/doctor-figures/schema';
import { load, staffPage } from '@/lib/actions/staff';
import { formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { monthOf, monthText, shiftMonth, today } from '@/lib/time';

export const metadata: Metadata = { title: 'What became of prescriptions' };

export default async function DoctorFiguresPage({ searchParams }: PageProps<'/pharmacy/figures'>) {
  const ctx = await staffPage('purchases:read');
  const thisMonth = monthOf(today(ctx.timeZone));
  const { month = thisMonth } = doctorFiguresQuery.parse(await searchParams);
  const [figures, { currency }] = await load(
    Promise.all([listDoctorFigures(ctx, month), getBillSettings(ctx)]),
  );
  const figure = (minor: number | null) => (minor === null ? 'Not known' : formatFigure(minor, currency));
  const at = (to: string) => withQuery(paths.doctorFigures, { month: to });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Figures' }]}
        title="What became of prescriptions"
        description="What each doctor prescribed in a month, how much of it the pharmacy gave, and what that earned."
        actions={<ExportLinks href={withQuery(paths.doctorFiguresExport, { month })} />}
      />
      <nav aria-label="Month" className="mb-4 flex items-center gap-2">
        <Link
          href={at(shiftMonth(month, -1))}
          aria-label="The month before"
          className={buttonClass({ size: 'sm' })}
        >
          <ChevronLeft aria-hidden="true" />
        </Link>
        <span className="min-w-32 text-center font-medium text-sm">{monthText(month)}</span>
        {month < thisMonth ? (
          <Link
            href={at(shiftMonth(month, 1))}
            aria-label="The month after"
            className={buttonClass({ size: 'sm' })}
          >
            <ChevronRight aria-hidden="true" />
          </Link>
        ) : null}
      </nav>
      <Section
        title="By doctor"
        description={`Lines by the day they were prescribed; money by the day it was handed out, in ${currency.code}.`}
        flush
      >
        <ReportTable
          caption="By doctor"
          rows={figures}
          rowKey={({ doctor }) => doctor}
          columns={[
            { label: 'Doctor', cell: ({ doctor }) => doctor },
            { label: 'Prescriptions', cell: ({ prescriptions }) => prescriptions },
            { label: 'Lines', cell: ({ lines }) => lines },
            {
              label: 'Given whole',
              cell: (one) => (one.lines === 0 ? '' : `${one.whole} (${wholeShare(one)} %)`),
            },
            { label: 'In part', cell: ({ part }) => part },
            { label: 'Not given', cell: ({ nothing }) => nothing },
            { label: 'Billed before tax', cell: ({ billedMinor }) => figure(billedMinor) },
            { label: 'Cost', cell: ({ costMinor }) => figure(costMinor) },
            { label: 'Margin', cell: ({ marginMinor }) => figure(marginMinor) },
          ]}
          empty="Nothing in this month."
        />
      </Section>
    </>
  );
}
