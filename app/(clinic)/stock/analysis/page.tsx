import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { TextLink } from '@/components/ui/text-link';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { countOf, IMPORTANCES } from '@/features/pharmacy/medicines/policy';
import { IDLE_DAYS } from '@/features/pharmacy/stock-analysis/policy';
import { listAnalysis } from '@/features/pharmacy/stock-analysis/queries';
import { analysisQuery } from '@/features/pharmacy/stock-analysis/schema';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Use and stock' };

const SHOWN = 200;
const TABS = [
  { key: 'all', label: 'All' },
  { key: 'A', label: 'A' },
  { key: 'B', label: 'B' },
  { key: 'C', label: 'C' },
  { key: 'idle', label: 'Does not move' },
];

export default async function AnalysisPage({ searchParams }: PageProps<'/stock/analysis'>) {
  const ctx = await staffPage('purchases:read');
  const query = analysisQuery.parse(await searchParams);
  const { show, days } = query;
  const [rows, { currency }] = await load(Promise.all([listAnalysis(ctx, query), getBillSettings(ctx)]));
  const address = { show, ...(show === 'idle' ? { days: String(days) } : {}) };
  const tiedUp = rows.reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0);
  const unknown = rows.reduce((sum, { unknownLots }) => sum + unknownLots, 0);
  const said = [
    `${rows.length.toLocaleString('en')} medicines`,
    `stock that has cost ${formatAmount(tiedUp, currency)}`,
    ...(unknown > 0 ? [`${unknown} lots of unknown cost`] : []),
    ...(rows.length > SHOWN ? [`the first ${SHOWN} are shown and the file has all`] : []),
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Stores', href: paths.stores }, { label: 'Use and stock' }]}
        title="Use and stock"
        description="A is what makes 70 % of the use of a year by its cost, B the next 20 %, C the rest."
        actions={<ExportLinks href={withQuery(paths.analysisExport, address)} what="this list" />}
      />
      <nav aria-label="Which medicines" className="mb-4 flex flex-wrap gap-2">
        {TABS.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.analysis, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      {show === 'idle' ? (
        <nav aria-label="For how long" className="mb-4 flex flex-wrap gap-2">
          {IDLE_DAYS.map((one) => (
            <Link
              key={one}
              href={withQuery(paths.analysis, { show, days: String(one) })}
              aria-current={days === one ? 'page' : undefined}
              className={buttonClass({ size: 'sm', variant: days === one ? 'primary' : 'secondary' })}
            >
              {one} days
            </Link>
          ))}
        </nav>
      ) : null}
      <Section
        title={show === 'idle' ? `Not given out for ${days} days` : 'Medicines'}
        description={said.join(', ')}
        flush
      >
        <ReportTable
          caption="Use and stock"
          rows={rows.slice(0, SHOWN)}
          rowKey={({ id }) => id}
          columns={[
            {
              label: 'Medicine',
              cell: ({ id, name, abc, importance }) => (
                <span className="flex flex-wrap items-center gap-2">
                  <TextLink href={paths.medicine(id)}>{name}</TextLink>
                  <Badge tone={abc === 'A' ? 'accent' : 'neutral'}>{abc}</Badge>
                  {importance ? (
                    <Badge tone={importance === 'vital' ? 'danger' : 'neutral'}>
                      {IMPORTANCES[importance]}
                    </Badge>
                  ) : null}
                </span>
              ),
            },
            { label: 'Given in a year', cell: ({ usedPieces, unit }) => countOf(usedPieces, unit) },
            {
              label: 'Cost of it',
              cell: ({ usedMinor, isUsePartlyKnown }) =>
                `${formatAmount(usedMinor, currency)}${isUsePartlyKnown ? ' and more' : ''}`,
            },
            { label: 'On hand', cell: ({ onHand, unit }) => countOf(onHand, unit) },
            {
              label: 'Cost of the stock',
              cell: ({ valueMinor, unknownLots }) =>
                valueMinor === null
                  ? 'Not known'
                  : `${formatAmount(valueMinor, currency)}${unknownLots > 0 ? ' and more' : ''}`,
            },
            { label: 'Next expiry', cell: ({ nextExpiry }) => (nextExpiry ? formatDay(nextExpiry) : '–') },
            {
              label: 'Last given',
              cell: ({ lastGivenOn }) =>
                lastGivenOn ? formatDay(lastGivenOn) : show === 'idle' ? 'Never' : 'Not in a year',
            },
          ]}
          empty={show === 'idle' ? 'Everything that is here moves.' : 'Nothing of this class.'}
        />
      </Section>
    </>
  );
}
