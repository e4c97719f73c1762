'use client';
import { Pill } from 'lucide-react';
import Link from 'next/link';
import { ActionButton } from '@/components/forms/action-button';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchInput } from '@/components/ui/search-input';
import { addStarterFormularyAction } from '@/lib/features/medicines/actions';
import type { Medicine } from '@/lib/features/medicines/dto';
import { FILTERS, FORMS } from '@/lib/features/medicines/schema';
import { paths } from '@/lib/paths';
import { Expiry, StockBadge } from './stock-badge';

type MedicinesTableProps = {
  rows: Medicine[];
  today: string;
  sort: string;
  show: keyof typeof FILTERS;
  search: string;
  previousHref: string | null;
  nextHref: string | null;
  canWrite: boolean;
};

const columnsOf = (today: string): DataColumn<Medicine>[] => [
  {
    id: 'name',
    header: 'Medicine',
    sortKey: 'name',
    fixed: true,
    cell: (row) => (
      <span>
        {row.name} {row.strength ? <span className="text-text-muted">{row.strength}</span> : null}
      </span>
    ),
  },
  { id: 'form', header: 'Form', cell: (row) => FORMS[row.form], hideBelow: 'md' },
  {
    id: 'onHand',
    header: 'On hand',
    sortKey: 'onHand',
    cell: (row) => (
      <span className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums">
        {row.onHand} <StockBadge mark={row.mark} />
      </span>
    ),
  },
  { id: 'reorder', header: 'Reorder at', align: 'right', cell: (row) => row.reorderLevel, hideBelow: 'lg' },
  { id: 'expiry', header: 'Next expiry', sortKey: 'expiry', cell: (row) => <Expiry day={row.nextExpiry} today={today} />, hideBelow: 'sm' },
  { id: 'price', header: 'Price', align: 'right', cell: (row) => (row.priceCents === null ? '–' : (row.priceCents / 100).toFixed(2)), hideBelow: 'lg' },
];

export function MedicinesTable({ rows, today, sort, show, search, previousHref, nextHref, canWrite }: MedicinesTableProps) {
  const isNarrowed = show !== 'all' || search !== '';
  return (
    <DataTable
      id="medicines"
      label="Medicines"
      columns={columnsOf(today)}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `${paths.medicines}/${row.id}`}
      sort={sort}
      previousHref={previousHref}
      nextHref={nextHref}
      exportHref="/api/medicines/export"
      toolbar={
        <>
          <SearchInput label="Search medicines" />
          <nav aria-label="Show" className="flex flex-wrap gap-1">
            {Object.entries(FILTERS).map(([value, label]) => (
              <Link
                key={value}
                href={`${paths.medicines}?${new URLSearchParams({ ...(search ? { q: search } : {}), show: value, sort })}`}
                aria-current={value === show ? 'true' : undefined}
                className={cn(
                  'rounded-full border px-3 py-1 text-[0.8125rem]',
                  value === show ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-border text-text-muted hover:text-text',
                )}
              >
                {label}
              </Link>
            ))}
          </nav>
        </>
      }
      emptyState={
        isNarrowed ? (
          <EmptyState title={show === 'all' ? 'No such medicine' : `Nothing is ${FILTERS[show].toLowerCase()}`}>
            {show === 'all' ? 'Try the beginning of the name.' : 'There is nothing to do here.'}
          </EmptyState>
        ) : (
          <EmptyState
            icon={<Pill />}
            title="No medicines yet"
            action={
              canWrite ? (
                <>
                  <Button asChild variant="primary">
                    <Link href={`${paths.medicines}/new`}>Add medicine</Link>
                  </Button>
                  <ActionButton action={addStarterFormularyAction}>Start from a common eye-clinic list</ActionButton>
                </>
              ) : null
            }
          >
            Add what you keep, then take the first deliveries into stock.
          </EmptyState>
        )
      }
    />
  );
}

