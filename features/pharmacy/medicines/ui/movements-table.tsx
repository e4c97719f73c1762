'use client';
import { useState } from 'react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import type { Movement } from '../dto';
import type { MovementKind } from '../schema';
import { ReturnStock } from './stock-dialogs';

export type MovementRow = Movement & {
  /** "23 Nov 2026, 09:30" in the organization's time zone. */
  when: string;
  /** The store, or where else it stands; null where there is one store. */
  where: string | null;
};

const KINDS: Record<MovementKind, { label: string; tone: BadgeTone }> = {
  receipt: { label: 'Received', tone: 'success' },
  dispense: { label: 'Dispensed', tone: 'accent' },
  adjustment: { label: 'Adjusted', tone: 'info' },
  return: { label: 'Returned', tone: 'success' },
  disposal: { label: 'Disposed of', tone: 'danger' },
  release: { label: 'Released', tone: 'info' },
  'supplier-return': { label: 'Back to the supplier', tone: 'neutral' },
  transfer: { label: 'Transferred', tone: 'neutral' },
  opening: { label: 'Opening stock', tone: 'success' },
};

const signed = (quantity: number): string =>
  `${quantity > 0 ? '+' : '−'}${Math.abs(quantity).toLocaleString('en')}`;

const columns: DataColumn<MovementRow>[] = [
  {
    id: 'kind',
    header: 'Movement',
    fixed: true,
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="grid justify-items-start gap-1">
        <Badge tone={KINDS[row.kind].tone}>
          {row.where ? `${KINDS[row.kind].label}, ${row.where}` : KINDS[row.kind].label}
        </Badge>
        <time dateTime={row.at} className="whitespace-nowrap text-[0.8125rem] tabular-nums">
          {row.when}
        </time>
        <span className="text-[0.8125rem] sm:hidden">
          {row.byName}, lot {row.lotNumber}
        </span>
        {row.reason ? (
          <span className="text-[0.8125rem] text-text-subtle sm:hidden">{row.reason}</span>
        ) : null}
      </span>
    ),
  },
  {
    id: 'quantity',
    header: 'Quantity',
    align: 'right',
    fixed: true,
    cell: (row) => <span className="font-medium text-text">{signed(row.quantity)}</span>,
  },
  {
    id: 'onHandAfter',
    header: 'On hand',
    align: 'right',
    fixed: true,
    cell: (row) => row.onHandAfter.toLocaleString('en'),
  },
  {
    id: 'lotNumber',
    header: 'Lot',
    fixed: true,
    hideBelow: 'sm',
    cell: (row) => row.lotNumber,
    className: 'break-all',
  },
  {
    id: 'by',
    header: 'By',
    fixed: true,
    hideBelow: 'sm',
    cell: (row) => (
      <>
        <span className="block">{row.byName}</span>
        {row.reason ? <span className="block text-[0.8125rem] text-text-subtle">{row.reason}</span> : null}
      </>
    ),
  },
];

/** The ledger of a medicine, newest first. */
export function MovementsTable({
  rows,
  medicineId,
  unit,
  canReturn,
  previousHref,
  nextHref,
}: {
  rows: MovementRow[];
  medicineId: string;
  unit: string;
  canReturn: boolean;
  previousHref: string | null;
  nextHref: string | null;
}) {
  const [returning, setReturning] = useState<MovementRow | null>(null);
  const hasReturnable = canReturn && rows.some(({ returnable }) => returnable > 0);
  return (
    <>
      <DataTable
        id="movements"
        label="Movements"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        {...(hasReturnable
          ? {
              rowActions: (row: MovementRow) =>
                row.returnable > 0 ? [{ label: 'Return to stock', onSelect: () => setReturning(row) }] : [],
              rowLabel: (row: MovementRow) => `the dispense of ${row.when}, lot ${row.lotNumber}`,
            }
          : {})}
        previousHref={previousHref}
        nextHref={nextHref}
        emptyState={
          <EmptyState icon={<Icon of="scroll-text" />} title="No movements yet">
            Each delivery, dispense and correction appears here and stays.
          </EmptyState>
        }
      />
      {returning ? (
        <ReturnStock
          key={returning.id}
          medicineId={medicineId}
          unit={unit}
          movement={returning}
          onClose={() => setReturning(null)}
        />
      ) : null}
    </>
  );
}
