'use client';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { MenuItem } from '@/components/ui/menu-button';
import type { RoleChoice } from '@/features/identity/access/lookup';
import type { Access } from '@/lib/auth/permissions';
import type { StaffMember } from '../dto';
import { canEditProfile, canManage, roleName, type StaffBranch, worksAt } from '../policy';
import { MemberDialog, type MemberTask } from './member-dialog';

/** `lastSignIn` in words, in the organization's time zone. */
export type StaffRow = StaffMember & { lastSignIn: string };
type Actor = Access & { userId: string };

/** The organization's people, with what the person at the screen may do to each. */
export function StaffTable({
  actor,
  roles,
  branches,
  rows,
  sort,
  summary,
  nextHref,
  previousHref,
}: {
  actor: Actor;
  /** What the person at the screen may give to others. */
  roles: readonly RoleChoice[];
  /** At which the organization works, or has worked. */
  branches: readonly StaffBranch[];
  rows: readonly StaffRow[];
  sort: string;
  summary: string;
  nextHref: string | null;
  previousHref: string | null;
}) {
  const [task, setTask] = useState<MemberTask | null>(null);
  const columns = useMemo(() => columnsFor(actor.userId, branches), [actor.userId, branches]);
  return (
    <>
      <DataTable
        id="staff"
        label="Staff"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        {...(canEditProfile(actor)
          ? { rowActions: (row: StaffRow) => actionsFor(row, actor, branches.length > 1, setTask) }
          : {})}
        rowLabel={(row) => row.name}
        sort={sort}
        summary={summary}
        nextHref={nextHref}
        previousHref={previousHref}
        toolbar={<h2 className="font-semibold text-base text-text">Members</h2>}
        emptyState={<EmptyState title="Nobody here yet">Invite the people you work with.</EmptyState>}
      />
      <MemberDialog
        task={task && asShown(task, rows)}
        roles={roles}
        branches={branches}
        onClose={() => setTask(null)}
      />
    </>
  );
}

/** With the person as the page shows them since: a colleague may have changed them. */
const asShown = (task: MemberTask, rows: readonly StaffRow[]): MemberTask => ({
  ...task,
  member: rows.find(({ id }) => id === task.member.id) ?? task.member,
});

const columnsFor = (ownId: string, branches: readonly StaffBranch[]): DataColumn<StaffRow>[] => [
  {
    id: 'name',
    header: 'Name',
    sortKey: 'name',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="inline-flex items-center gap-2 font-medium text-text">
          {row.name}
          {row.id === ownId ? <Badge>You</Badge> : null}
        </span>
        <span className="break-all text-[0.8125rem] md:hidden">{row.email}</span>
        <span className="flex flex-wrap items-center gap-2 text-[0.8125rem] sm:hidden">
          {roleName(row)}
          {row.status === 'active' ? null : <Badge tone="warning">Suspended</Badge>}
        </span>
      </span>
    ),
  },
  { id: 'email', header: 'Email', hideBelow: 'md', cell: (row) => row.email },
  { id: 'role', header: 'Role', hideBelow: 'sm', cell: roleName },
  {
    id: 'status',
    header: 'Status',
    hideBelow: 'sm',
    cell: (row) =>
      row.status === 'active' ? (
        <Badge tone="success" dot>
          Active
        </Badge>
      ) : (
        <Badge tone="warning" dot>
          Suspended
        </Badge>
      ),
  },
  ...(branches.length > 1
    ? [
        {
          id: 'branches',
          header: 'Branches',
          hideBelow: 'lg',
          cell: (row: StaffRow) => worksAt(row, branches),
        } as const,
      ]
    : []),
  { id: 'room', header: 'Room', hideBelow: 'lg', cell: (row) => row.room || '–' },
  {
    id: 'registrationNumber',
    header: 'Registration number',
    initiallyHidden: true,
    cell: (row) => row.registrationNumber || '–',
  },
  {
    id: 'lastSignIn',
    header: 'Last sign-in',
    hideBelow: 'lg',
    cell: (row) => <span className="tabular-nums">{row.lastSignIn}</span>,
  },
];

function actionsFor(
  member: StaffRow,
  actor: Actor,
  hasBranches: boolean,
  choose: (task: MemberTask) => void,
): MenuItem[] {
  const item = (
    label: string,
    kind: MemberTask['kind'],
    tone: 'default' | 'danger' = 'default',
  ): MenuItem => ({
    label,
    tone,
    onSelect: () => choose({ kind, member }),
  });
  const edit = item('Edit details', 'profile');
  if (!canManage(actor, { ...member, userId: member.id }).allowed) return [edit];
  return [
    edit,
    item('Change role', 'role'),
    ...(hasBranches ? [item('Choose branches', 'branches')] : []),
    member.status === 'active' ? item('Suspend', 'suspend') : item('Let in again', 'reactivate'),
    { type: 'separator' },
    item('Remove', 'remove', 'danger'),
  ];
}
