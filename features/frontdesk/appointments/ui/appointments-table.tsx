'use client';
import { type ReactNode, useMemo, useState } from 'react';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { later } from '@/components/ui/later';
import type { MenuItem } from '@/components/ui/menu-button';
import { paths } from '@/lib/paths';
import type { Appointment } from '../dto';
import { canCheckIn } from '../policy';
import { checkInHref, slipHref } from './addresses';
import type { SheetFacts } from './appointment-sheet';
import { StatusBadge } from './status-badge';

const AppointmentSheet = later(() => import('./appointment-sheet').then((module) => module.AppointmentSheet));

/** A day's appointments as a list that the server sorts. */
export function AppointmentsTable({
  rows,
  sort,
  summary,
  previousHref,
  nextHref,
  facts,
  emptyState,
}: {
  rows: readonly Appointment[];
  sort: string;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
  facts: SheetFacts;
  emptyState: ReactNode;
}) {
  const [selected, setSelected] = useState<string | null>(null);
  const open = rows.find(({ id }) => id === selected);
  const columns = useMemo(() => columnsOf(setSelected), []);
  return (
    <>
      <DataTable
        id="appointments"
        label="Appointments"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => `${row.patientName} at ${row.time}`}
        rowActions={(row) => actionsOf(row, facts, setSelected)}
        sort={sort}
        summary={summary}
        previousHref={previousHref}
        nextHref={nextHref}
        emptyState={emptyState}
      />
      {open ? (
        <AppointmentSheet key={open.id} appointment={open} facts={facts} onClose={() => setSelected(null)} />
      ) : null}
    </>
  );
}

const columnsOf = (open: (id: string) => void): DataColumn<Appointment>[] => [
  {
    id: 'time',
    header: 'Time',
    sortKey: 'time',
    cell: (row) => (
      <button
        type="button"
        onClick={() => open(row.id)}
        aria-label={`${row.time}, ${row.patientName}: open`}
        className="font-medium text-text tabular-nums after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
      >
        {row.time}–{row.endTime}
      </button>
    ),
  },
  {
    id: 'patient',
    header: 'Patient',
    sortKey: 'patient',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="font-medium text-text">{row.patientName}</span>
        <span className="text-[0.8125rem] tabular-nums">{row.patientNumber}</span>
      </span>
    ),
  },
  { id: 'doctor', header: 'Doctor', sortKey: 'doctor', hideBelow: 'sm', cell: (row) => row.doctorName },
  { id: 'reason', header: 'Reason', hideBelow: 'lg', cell: (row) => row.reason || '–' },
  { id: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} /> },
  {
    id: 'bookedBy',
    header: 'Booked by',
    hideBelow: 'xl',
    initiallyHidden: true,
    cell: (row) => row.bookedByName,
  },
];

function actionsOf(row: Appointment, facts: SheetFacts, open: (id: string) => void): MenuItem[] {
  return [
    { label: 'Open', onSelect: () => open(row.id) },
    ...(facts.canCheckIn && canCheckIn(row, facts.today).allowed
      ? [{ type: 'link' as const, label: 'Check in', href: checkInHref(row) }]
      : []),
    { type: 'link', label: 'Patient', href: paths.patient(row.patientId) },
    { type: 'link', label: 'Print slip', href: slipHref(row.id) },
  ];
}
