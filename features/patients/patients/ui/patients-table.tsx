'use client';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { PatientSearch } from './patient-search';

type PatientListRow = {
  id: string;
  /** With the one that was searched for, where they were registered twice. */
  number: string;
  name: string;
  phone: string;
  /** "46 years, female" */
  ageAndSex: string;
  isActive: boolean;
  lastVisit: string | null;
  registered: string;
};

const columns: DataColumn<PatientListRow>[] = [
  {
    id: 'name',
    header: 'Name',
    sortKey: 'name',
    fixed: true,
    cell: (row) => (
      <>
        <span className="flex flex-wrap items-center gap-x-2">
          {row.name} {row.isActive ? null : <Badge>Inactive</Badge>}
        </span>
        <span className="block font-normal text-[0.8125rem] text-text-muted tabular-nums md:hidden">
          {row.number}, {row.ageAndSex}
        </span>
      </>
    ),
  },
  {
    id: 'number',
    header: 'Number',
    hideBelow: 'md',
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.number}</span>,
  },
  { id: 'age', header: 'Age and sex', hideBelow: 'md', cell: (row) => row.ageAndSex },
  {
    id: 'phone',
    header: 'Phone',
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.phone}</span>,
  },
  { id: 'lastVisit', header: 'Last visit', hideBelow: 'lg', cell: (row) => row.lastVisit ?? '–' },
  {
    id: 'registered',
    header: 'Registered',
    sortKey: 'registered',
    sortFirst: 'desc',
    hideBelow: 'lg',
    cell: (row) => row.registered,
  },
];

// What a search finds is few and in the order of names.
const unsortable = columns.map(({ sortKey: _sortKey, ...column }) => column);

type PatientsTableProps = {
  rows: PatientListRow[];
  sort: string;
  search: string;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
  canRegister: boolean;
  canExport: boolean;
};

/** The list of patients with its search box. */
export function PatientsTable(props: PatientsTableProps) {
  const { rows, sort, search, summary, previousHref, nextHref, canRegister, canExport } = props;
  const register = canRegister ? (
    <Link href={paths.newPatient} className={buttonClass({ variant: 'primary' })}>
      <Icon of="user-round-plus" /> Register patient
    </Link>
  ) : null;
  return (
    <DataTable
      id="patients"
      label="Patients"
      columns={search ? unsortable : columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => paths.patient(row.id)}
      sort={search ? undefined : sort}
      summary={summary}
      previousHref={previousHref}
      nextHref={nextHref}
      exportHref={canExport ? paths.patientsExport : undefined}
      toolbar={<PatientSearch />}
      emptyState={
        search ? (
          <EmptyState
            icon={<Icon of="user-round-search" />}
            title={`Nobody found for “${search}”`}
            action={register}
          >
            Try the beginning of the first or last name, the digits of the phone, the patient number or the
            birth date.
          </EmptyState>
        ) : (
          <EmptyState icon={<Icon of="user-round-plus" />} title="No patients yet" action={register}>
            {canRegister
              ? 'Register the first one; it takes less than half a minute.'
              : 'Patients appear here once reception has registered them.'}
          </EmptyState>
        )
      }
    />
  );
}
