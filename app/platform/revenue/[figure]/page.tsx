import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageHeader } from '@/components/ui/page-header';
import { PLANS } from '@/features/subscription/billing/plans';
import { monthName } from '@/features/subscription/revenue/months';
import { listFigure } from '@/features/subscription/revenue/queries';
import { figureQuery, figureSchema } from '@/features/subscription/revenue/schema';
import { RevenueFigureTable } from '@/features/subscription/revenue/ui/revenue-figure-table';
import { FIGURE_WORDS } from '@/features/subscription/revenue/ui/revenue-words';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { formatMoney } from '@/lib/money';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'Revenue in detail' };

export default async function RevenueFigurePage({
  params,
  searchParams,
}: PageProps<'/platform/revenue/[figure]'>) {
  const ctx = await platformPage('revenue:read');
  const figure = figureSchema.safeParse((await params).figure);
  if (!figure.success) notFound();
  const { currency = 'usd', month, plan } = figureQuery.parse(await searchParams);
  const { rows, isCut } = await load(listFigure(ctx, figure.data, { currency, month, plan }));
  const words = FIGURE_WORDS[figure.data];
  const total = rows.reduce((sum, { cents }) => sum + (cents ?? 0), 0);
  const parts = [
    words.description,
    ...(month ? [`In ${monthName(month)}.`] : []),
    ...(plan ? [`${PLANS[plan].name} only.`] : []),
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Revenue', href: withQuery(PLATFORM.revenue, { currency }) },
          { label: words.title },
        ]}
        title={words.title}
        description={parts.join(' ')}
      />
      <RevenueFigureTable
        rows={rows}
        currency={currency}
        words={words}
        summary={
          isCut
            ? `The first ${rows.length}; more are behind this number`
            : rows.some(({ cents }) => cents !== null)
              ? `${counted(rows.length, 'row')}, ${formatMoney(total, currency)} together`
              : counted(rows.length, 'row')
        }
      />
    </>
  );
}
