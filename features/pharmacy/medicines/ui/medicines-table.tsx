'use client';
import type { ReactNode } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { buttonClass } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { SearchInput } from '@/components/ui/search-input';
import { paths } from '@/lib/paths';
import { addStarterFormularyAction } from '../actions';
import type { Medicine } from '../dto';
import { countOf, FILTERS, FORMS, type MedicineFilter, priceText } from '../policy';
import { Expiry, StockBadge, StockMeter } from './stock-marks';

type MedicinesTableProps = {
  rows: Medicine[];
  today: string;
  sort: string;
  /** What it may be sorted by. */
  sorts: readonly string[];
  show: MedicineFilter;
  search: string;
  summary: string;
  /** The chips above the list. */
  filters: ReactNode;
  previousHref: string | null;
  nextHref: string | null;
  canWrite: boolean;
};

function columnsOf(today: string, sorts: readonly string[]): DataColumn<Medicine>[] {
  const columns: DataColumn<Medicine>[] = [
    {
      id: 'name',
      header: 'Medicine',
      sortKey: 'name',
      fixed: true,
      className: 'max-sm:whitespace-normal',
      cell: (row) => (
        <>
          <span className="block">
            {row.name}{' '}
            {row.strength ? <span className="font-normal text-text-muted">{row.strength}</span> : null}
          </span>
          <span className="block font-normal text-[0.8125rem] text-text-muted">
            {row.genericName ? <span className="max-md:hidden">{row.genericName}</span> : null}
            <span className="md:hidden">{FORMS[row.form]}</span>
          </span>
          {row.nextExpiry ? (
            <span className="mt-1 block font-normal text-[0.8125rem] text-text-muted sm:hidden">
              <Expiry expiresOn={row.nextExpiry} today={today} />
            </span>
          ) : null}
        </>
      ),
    },
    { id: 'form', header: 'Form', hideBelow: 'md', cell: (row) => FORMS[row.form] },
    {
      id: 'onHand',
      header: 'On hand',
      sortKey: 'onHand',
      cell: (row) => (
        <span className="grid w-44 gap-1.5 max-sm:w-24">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-nowrap">
            <span className="font-medium text-text tabular-nums">{countOf(row.onHand, row.unit)}</span>
            <StockBadge mark={row.mark} />
          </span>
          <StockMeter onHand={row.onHand} reorderLevel={row.reorderLevel} unit={row.unit} mark={row.mark} />
        </span>
      ),
    },
    {
      id: 'reorderLevel',
      header: 'Reorder at',
      align: 'right',
      hideBelow: 'lg',
      cell: (row) => row.reorderLevel.toLocaleString('en'),
    },
    {
      id: 'expiry',
      header: 'Next expiry',
      sortKey: 'expiry',
      hideBelow: 'sm',
      cell: (row) => <Expiry expiresOn={row.nextExpiry} today={today} />,
    },
    {
      id: 'price',
      header: 'Price',
      align: 'right',
      hideBelow: 'lg',
      cell: (row) => (row.priceCents === null ? '–' : priceText(row.priceCents)),
    },
  ];
  return columns.map(({ sortKey, ...column }) =>
    sortKey && sorts.includes(sortKey) ? { ...column, sortKey } : column,
  );
}

/** The formulary with its stock. */
export function MedicinesTable(props: MedicinesTableProps) {
  const { rows, today, sort, sorts, show, search, summary, filters, previousHref, nextHref, canWrite } =
    props;
  return (
    <div className="grid gap-2">
      {filters}
      <DataTable
        id="medicines"
        label="Medicines"
        columns={columnsOf(today, sorts)}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => paths.medicine(row.id)}
        sort={sort}
        summary={summary}
        previousHref={previousHref}
        nextHref={nextHref}
        exportHref={paths.medicinesExport}
        toolbar={<SearchInput label="Search medicines" placeholder="Name or strength" />}
        emptyState={<NoMedicines show={show} search={search} canWrite={canWrite} />}
      />
    </div>
  );
}

const NOTHING: Record<Exclude<MedicineFilter, 'all'>, { title: string; words: string }> = {
  low: {
    title: 'Nothing is low',
    words: 'Medicines appear here when their stock reaches the reorder level.',
  },
  expiring: { title: 'Nothing expires soon', words: 'Batches appear here 90 days before they expire.' },
  expired: { title: 'Nothing has expired', words: 'Expired batches appear here until they are disposed of.' },
  out: { title: 'Nothing is out of stock', words: 'Every medicine in the list is on the shelf.' },
  inactive: { title: 'Nothing is inactive', words: 'Medicines that are no longer kept appear here.' },
};

function NoMedicines({
  show,
  search,
  canWrite,
}: {
  show: MedicineFilter;
  search: string;
  canWrite: boolean;
}) {
  if (search) {
    return (
      <EmptyState
        icon={<Icon of="search-x" />}
        title={
          show === 'all'
            ? `Nothing found for “${search}”`
            : `Nothing found for “${search}” under ${FILTERS[show]}`
        }
      >
        Try the beginning of the name, the generic name or the strength.
      </EmptyState>
    );
  }
  if (show !== 'all') {
    return (
      <EmptyState icon={<Icon of="circle-check" />} title={NOTHING[show].title}>
        {NOTHING[show].words}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Icon of="pill" />}
      title="No medicines yet"
      action={
        canWrite ? (
          <>
            <Link href={paths.newMedicine} className={buttonClass({ variant: 'primary' })}>
              <Icon of="plus" /> Add medicine
            </Link>
            <ActionButton action={addStarterFormularyAction}>
              Start from a common eye-clinic list
            </ActionButton>
          </>
        ) : null
      }
    >
      {canWrite
        ? 'Add what you keep, then receive the first deliveries into stock.'
        : 'Medicines appear here once the pharmacy has added them.'}
    </EmptyState>
  );
}
