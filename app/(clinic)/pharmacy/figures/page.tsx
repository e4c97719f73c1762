import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listDoctorFigures } from '@/features/insight/doctor-figures/queries';
import { doctorFiguresQuery, doctorFiguresRange } from '@/features/insight/doctor-figures/schema';
import { wholeShare } from '@/features/insight/reports/rollups/filled';
import { PreparingNotice } from '@/features/insight/reports/ui/preparing-notice';
import { load, staffPage } from '@/lib/actions/staff';
import { formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { monthOf, monthText, shiftMonth, today } from '@/lib/time';

export const metadata: Metadata = { title: 'What became of prescriptions' };

export default async function DoctorFiguresPage({ searchParams }: PageProps<'/pharmacy/figures'>) {
  const ctx = await staffPage('purchases:read');
  const present = today(ctx.timeZone);
  const query = doctorFiguresQuery.parse(await searchParams);
  const { month = monthOf(present) } = query;
  const year = query.month ? undefined : query.year;
  const [{ figures, preparedThrough }, { currency }] = await load(
    Promise.all([listDoctorFigures(ctx, doctorFiguresRange(query, present)), getBillSettings(ctx)]),
  );
  const figure = (minor: number | null) => (minor === null ? 'Not known' : formatFigure(minor, currency));
  const at = (to: { month: string } | { year: string }) => withQuery(paths.doctorFigures, to);
  const shown = year ? { year } : { month };
  const beside = (by: number) =>
    year ? { year: String(Number(year) + by) } : { month: shiftMonth(month, by) };
  const span = year ? 'year' : 'month';
  const isLast = year ? year >= present.slice(0, 4) : month >= monthOf(present);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Pharmacy', href: paths.pharmacy }, { label: 'Figures' }]}
        title="What became of prescriptions"
        description="What each doctor prescribed in a month or a year, how much of it the pharmacy gave, and what that earned."
        actions={<ExportLinks href={withQuery(paths.doctorFiguresExport, shown)} />}
      />
      <nav aria-label="Period" className="mb-4 flex flex-wrap items-center gap-2">
        <Link href={at(beside(-1))} aria-label={`The ${span} before`} className={buttonClass({ size: 'sm' })}>
          <Icon of="chevron-left" />
        </Link>
        <span className="min-w-32 text-center font-medium text-sm">{year ?? monthText(month)}</span>
        {isLast ? null : (
          <Link href={at(beside(1))} aria-label={`The ${span} after`} className={buttonClass({ size: 'sm' })}>
            <Icon of="chevron-right" />
          </Link>
        )}
        <Link
          href={at(
            year
              ? { month: year === present.slice(0, 4) ? monthOf(present) : `${year}-12` }
              : { year: month.slice(0, 4) },
          )}
          className={buttonClass({ size: 'sm' })}
        >
          {year ? 'By month' : 'Whole year'}
        </Link>
      </nav>
      <PreparingNotice through={preparedThrough} />
      <Section
        title="By doctor"
        description={`Lines by the day they were prescribed; money by the day it was handed out, in ${currency.code}.`}
        flush
      >
        <ReportTable
          caption="By doctor"
          rows={figures}
          rowKey={({ doctorId }) => doctorId}
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
          empty={`Nothing in this ${span}.`}
        />
      </Section>
    </>
  );
}
