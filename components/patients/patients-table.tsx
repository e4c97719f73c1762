'use client';
import { UserRoundPlus } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { SearchInput } from '@/components/ui/search-input';
import { SEXES, type Sex } from '@/lib/features/patients/schema';
import { paths } from '@/lib/paths';

export type PatientListRow = {
  id: string;
  number: string;
  name: string;
  phone: string;
  sex: Sex;
  age: number;
  lastVisit: string | null;
  registered: string;
};

const columns: DataColumn<PatientListRow>[] = [
  { id: 'name', header: 'Name', sortKey: 'name', cell: (row) => row.name, fixed: true },
  { id: 'number', header: 'Number', cell: (row) => <span className="tabular-nums">{row.number}</span>, hideBelow: 'sm' },
  { id: 'age', header: 'Age and sex', cell: (row) => `${row.age}, ${SEXES[row.sex].toLowerCase()}`, hideBelow: 'md' },
  { id: 'phone', header: 'Phone', cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.phone}</span> },
  { id: 'lastVisit', header: 'Last visit', cell: (row) => row.lastVisit ?? '–', hideBelow: 'lg' },
  { id: 'registered', header: 'Registered', sortKey: 'registered', sortFirst: 'desc', cell: (row) => row.registered, hideBelow: 'lg' },
];

type PatientsTableProps = {
  rows: PatientListRow[];
  sort: string;
  search: string;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
  canRegister: boolean;
};

export function PatientsTable({ rows, sort, search, summary, previousHref, nextHref, canRegister }: PatientsTableProps) {
  const register = canRegister ? (
    <Button asChild variant="primary">
      <Link href={paths.newPatient}>
        <UserRoundPlus aria-hidden="true" /> Register patient
      </Link>
    </Button>
  ) : null;
  return (
    <DataTable
      id="patients"
      label="Patients"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => paths.patient(row.id)}
      sort={sort}
      summary={summary}
      previousHref={previousHref}
      nextHref={nextHref}
      exportHref="/api/patients/export"
      toolbar={<SearchInput label="Search patients" placeholder="Name, phone or number" autoFocus />}
      emptyState={
        search ? (
          <EmptyState title={`Nobody found for "${search}"`} action={register}>
            Try the beginning of the first or last name, the phone, or the patient number.
          </EmptyState>
        ) : (
          <EmptyState icon={<UserRoundPlus />} title="No patients yet" action={register}>
            Register the first one; it takes less than half a minute.
          </EmptyState>
        )
      }
    />
  );
}
