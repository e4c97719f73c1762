'use client';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { MenuItem } from '@/components/ui/menu-button';
import { counted } from '@/lib/words';
import { TEAM_ROLES } from '../policy';
import type { TeamPerson } from '../queries';
import { PersonDialog, type PersonTask } from './person-dialog';

/** `lastSignIn` in words. */
export type PersonRow = TeamPerson & { lastSignIn: string };

/** The company's people, with what an owner may do to each. */
export function TeamTable({ rows, canChange }: { rows: readonly PersonRow[]; canChange: boolean }) {
  const [task, setTask] = useState<PersonTask | null>(null);
  const columns = useMemo(columnsOf, []);
  const shown = task && { ...task, person: rows.find(({ id }) => id === task.person.id) ?? task.person };
  return (
    <>
      <DataTable
        id="team"
        label="Team"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        {...(canChange ? { rowActions: (row: PersonRow) => actionsFor(row, setTask) } : {})}
        rowLabel={(row) => row.name}
        summary={counted(rows.length, 'person').replace('persons', 'people')}
        toolbar={<h2 className="font-semibold text-base text-text">People</h2>}
        emptyState={<EmptyState title="Nobody here yet">Invite the people you work with.</EmptyState>}
      />
      <PersonDialog task={shown} onClose={() => setTask(null)} />
    </>
  );
}

const columnsOf = (): DataColumn<PersonRow>[] => [
  {
    id: 'name',
    header: 'Name',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="inline-flex items-center gap-2 font-medium text-text">
          {row.name}
          {row.isSelf ? <Badge>You</Badge> : null}
        </span>
        <span className="break-all text-[0.8125rem] md:hidden">{row.email}</span>
        <span className="text-[0.8125rem] sm:hidden">{TEAM_ROLES[row.role].label}</span>
      </span>
    ),
  },
  { id: 'email', header: 'Email', hideBelow: 'md', cell: (row) => row.email },
  { id: 'role', header: 'Role', hideBelow: 'sm', cell: (row) => TEAM_ROLES[row.role].label },
  {
    id: 'second-factor',
    header: 'Second factor',
    cell: (row) =>
      row.hasSecondFactor ? (
        <Badge tone="success" dot>
          Set up
        </Badge>
      ) : (
        <Badge tone="warning" dot>
          Not yet
        </Badge>
      ),
  },
  {
    id: 'last-sign-in',
    header: 'Last sign-in',
    hideBelow: 'lg',
    cell: (row) => <span className="tabular-nums">{row.lastSignIn}</span>,
  },
];

function actionsFor(person: PersonRow, choose: (task: PersonTask) => void): MenuItem[] {
  const item = (
    label: string,
    kind: PersonTask['kind'],
    tone: 'default' | 'danger' = 'default',
  ): MenuItem => ({ label, tone, onSelect: () => choose({ kind, person }) });
  if (person.isSelf) return [item('Change role', 'role')];
  return [
    item('Change role', 'role'),
    item('Sign out everywhere', 'sessions'),
    ...(person.hasSecondFactor ? [item('Reset second factor', 'factors')] : []),
    { type: 'separator' as const },
    item('Remove', 'remove', 'danger'),
  ];
}
