'use client';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { dayInUtc } from '@/lib/words';
import type { FigureRow } from '../queries';

/** The organizations behind a number. */
export function RevenueFigureTable({
  rows,
  currency,
  words,
  summary,
}: {
  rows: readonly FigureRow[];
  currency: string;
  words: { title: string; at: string; amount: string };
  summary: string;
}) {
  const columns: DataColumn<FigureRow>[] = [
    { id: 'name', header: 'Organization', cell: (row) => row.name },
    {
      id: 'plan',
      header: 'Plan',
      cell: (row) => (row.plan ? <Badge className="capitalize">{row.plan}</Badge> : '–'),
      hideBelow: 'sm',
    },
    { id: 'at', header: words.at, cell: (row) => dayInUtc(row.at) },
    {
      id: 'cents',
      header: words.amount,
      align: 'right',
      cell: (row) => (row.cents === null ? '–' : formatMoney(row.cents, currency)),
    },
    {
      id: 'stripe',
      header: 'At Stripe',
      cell: (row) => <span className="font-mono text-xs">{row.stripeId}</span>,
      hideBelow: 'md',
    },
  ];
  return (
    <DataTable
      id="revenue-figure"
      label={words.title}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) =>
        row.organizationId ? paths.platformOrganization(row.organizationId) : paths.platform
      }
      summary={summary}
      emptyState={
        <EmptyState icon={<Icon of="chart-line" />} title="No organization is behind this number">
          As soon as one is, it is listed here with its amount.
        </EmptyState>
      }
    />
  );
}
