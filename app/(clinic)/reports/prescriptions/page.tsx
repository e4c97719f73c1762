import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { getPrescribing } from '@/features/insight/prescribing/queries';
import {
  MOST_YEARS,
  type PRESCRIBING_EXPORTS,
  prescribingRange,
} from '@/features/insight/prescribing/schema';
import { inShare } from '@/features/insight/reports/labels';
import { MADE_FIGURES, POWER_BANDS, PRINTED_PAPERS } from '@/features/insight/reports/rollups/prescribed';
import { type Range, reportQuery } from '@/features/insight/reports/schema';
import { PreparingNotice } from '@/features/insight/reports/ui/preparing-notice';
import { RangeForm } from '@/features/insight/reports/ui/range-form';
import { KINDS } from '@/features/record/spectacles/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { keysOf, withQuery } from '@/lib/query-words';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';
import { plainCount } from '@/lib/words';

export const metadata: Metadata = { title: 'What is prescribed' };

export default async function PrescribingPage({ searchParams }: PageProps<'/reports/prescriptions'>) {
  const ctx = await staffPage('reports:read');
  const today = todayIn(ctx.timeZone);
  const range = prescribingRange(reportQuery.parse(await searchParams), today);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Reports', href: paths.reports }, { label: 'What is prescribed' }]}
        title="What is prescribed"
        description={`${formatDay(range.from)} to ${formatDay(range.to)}, at most ${MOST_YEARS} years. Signed and not void.`}
      />
      <RangeForm range={range} today={today} action={paths.prescribingReport} />
      <Suspense
        key={`${range.from}${range.to}`}
        fallback={<TableSkeleton rows={8} columns={3} label="Counting" />}
      >
        <Prescribing ctx={ctx} range={range} />
      </Suspense>
    </>
  );
}

/** As a file. */
function Csv({ range, what }: { range: Range; what: (typeof PRESCRIBING_EXPORTS)[number] }) {
  const href = withQuery(paths.prescribingExport, { what, from: range.from, to: range.to });
  return <ExportLinks href={href} what={what} size="sm" />;
}

const share = (part: number, whole: number): string => inShare(whole > 0 ? part / whole : null);

async function Prescribing({ ctx, range }: { ctx: TenantContext; range: Range }) {
  const found = await load(getPrescribing(ctx, range));
  const { dispensed, glasses, prescriptions } = found;
  const atPharmacy = prescriptions - dispensed.none;
  return (
    <div className="grid gap-6">
      <PreparingNotice through={found.preparedThrough} />
      <StatGrid>
        <Stat
          label="Prescriptions"
          value={plainCount(prescriptions)}
          hint={`${plainCount(found.lines)} medicines`}
        />
        <Stat
          label="Written by ingredient"
          value={share(found.byIngredient, found.known)}
          hint={`of ${plainCount(found.known)} whose ingredient is known`}
        />
        <Stat
          label="Dispensed whole"
          value={share(dispensed.done, atPharmacy)}
          hint={`${plainCount(dispensed.partial)} in part, ${plainCount(dispensed.waiting)} not yet`}
        />
        <Stat
          label="Glasses"
          value={plainCount(glasses.prescribed)}
          hint={`${plainCount(glasses.none)} times none advised`}
        />
      </StatGrid>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section title="By medicine" actions={<Csv range={range} what="medicines" />} flush>
          <ReportTable
            caption="By medicine"
            rows={found.medicines.slice(0, 50)}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Medicine', cell: ({ name }) => name },
              { label: 'Times', cell: ({ lines }) => plainCount(lines) },
              { label: 'Prescriptions', cell: (row) => plainCount(row.prescriptions) },
            ]}
            empty="Nothing was prescribed in these days."
          />
        </Section>
        <Section
          title="By class"
          description="A combination counts in each of its classes."
          actions={<Csv range={range} what="classes" />}
          flush
        >
          <ReportTable
            caption="By class"
            rows={found.classes}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Class', cell: ({ name }) => name },
              { label: 'Times', cell: ({ lines }) => plainCount(lines) },
              { label: 'Prescriptions', cell: (row) => plainCount(row.prescriptions) },
            ]}
            empty="Nothing was prescribed in these days."
          />
        </Section>
        <Section title="By prescriber" actions={<Csv range={range} what="prescribers" />} flush>
          <ReportTable
            caption="By prescriber"
            rows={found.prescribers}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Prescriber', cell: ({ name }) => name },
              { label: 'Prescriptions', cell: (row) => plainCount(row.prescriptions) },
              { label: 'Medicines', cell: ({ lines }) => plainCount(lines) },
              { label: 'By ingredient', cell: (row) => share(row.byIngredient, row.known) },
            ]}
            empty="Nothing was prescribed in these days."
          />
        </Section>
        <Section
          title="Papers printed"
          description="From the second print of the same paper on it is a copy."
          actions={<Csv range={range} what="prints" />}
          flush
        >
          <ReportTable
            caption="Papers printed"
            rows={keysOf(PRINTED_PAPERS)}
            rowKey={(paper) => paper}
            columns={[
              { label: 'Paper', cell: (paper) => PRINTED_PAPERS[paper] },
              { label: 'Printed', cell: (paper) => plainCount(found.prints[paper].prints) },
              { label: 'Copies', cell: (paper) => plainCount(found.prints[paper].copies) },
            ]}
            empty=""
          />
        </Section>
        <Section title="Glasses by kind" actions={<Csv range={range} what="glasses" />} flush>
          <ReportTable
            caption="Glasses by kind"
            rows={keysOf(KINDS).map((kind) => ({ kind, count: glasses.kinds[kind] ?? 0 }))}
            rowKey={({ kind }) => kind}
            columns={[
              { label: 'Kind', cell: ({ kind }) => KINDS[kind] },
              { label: 'Glasses', cell: ({ count }) => plainCount(count) },
              { label: 'Share', cell: ({ count }) => share(count, glasses.prescribed) },
            ]}
            empty=""
          />
        </Section>
        <Section
          title="Made by the optical shop"
          description="What it has said last of the glasses that were prescribed in these days."
          flush
        >
          <ReportTable
            caption="Made by the optical shop"
            rows={keysOf(MADE_FIGURES)}
            rowKey={(outcome) => outcome}
            columns={[
              { label: 'Answer', cell: (outcome) => MADE_FIGURES[outcome] },
              { label: 'Glasses', cell: (outcome) => plainCount(glasses.made[outcome]) },
              { label: 'Share', cell: (outcome) => share(glasses.made[outcome], glasses.prescribed) },
            ]}
            empty=""
          />
        </Section>
        <Section title="Lenses by power" description="Spherical equivalent, each eye by itself." flush>
          <ReportTable
            caption="Lenses by power"
            rows={POWER_BANDS}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Power', cell: ({ label }) => label },
              { label: 'Lenses', cell: ({ key }) => plainCount(glasses.powers[key] ?? 0) },
            ]}
            empty=""
          />
        </Section>
      </div>
    </div>
  );
}
