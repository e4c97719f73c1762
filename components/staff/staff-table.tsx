'use client';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { StaffMember } from '@/lib/features/staff/dto';
import { canEditProfile, canManage, ROLE_LABEL } from '@/lib/features/staff/policy';
import type { StaffRole } from '@/lib/master/vocabulary';
import { MemberDialog, type MemberTask } from './member-dialog';

/** `lastSignIn` in words, in the organization's time zone. */
export type StaffRow = StaffMember & { lastSignIn: string };
type Actor = { userId: string; role: StaffRole };

const buttonId = (id: string): string => `staff-actions-${id}`;

/** The organization's people, with what the person at the screen may do to each. */
export function StaffTable({
  actor,
  rows,
  sort,
  next,
  previous,
}: {
  actor: Actor;
  rows: readonly StaffRow[];
  sort: string;
  next: string | null;
  previous: string | null;
}) {
  const [task, setTask] = useState<MemberTask | null>(null);
  const close = () => {
    const id = task?.member.id;
    setTask(null);
    // The menu that led here is gone, so the focus goes back to its button by hand.
    if (id) requestAnimationFrame(() => document.getElementById(buttonId(id))?.focus());
  };
  const columns: DataColumn<StaffRow>[] = [
    {
      id: 'name',
      header: 'Name',
      sortable: true,
      cell: (row) => (
        <span className="inline-flex items-center gap-2 font-medium">
          {row.name}
          {row.id === actor.userId ? <Badge>You</Badge> : null}
        </span>
      ),
    },
    { id: 'email', header: 'Email', wideOnly: true, cell: (row) => row.email },
    { id: 'role', header: 'Role', cell: (row) => ROLE_LABEL[row.role] },
    {
      id: 'status',
      header: 'Status',
      cell: (row) =>
        row.status === 'active' ? (
          <Badge tone="success">Active</Badge>
        ) : (
          <Badge tone="warning">Suspended</Badge>
        ),
    },
    { id: 'room', header: 'Room', wideOnly: true, cell: (row) => row.room },
    { id: 'lastSignIn', header: 'Last sign-in', wideOnly: true, cell: (row) => row.lastSignIn },
  ];
  if (canEditProfile(actor.role)) {
    columns.push({
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (row) => (
        <MemberMenu member={row} actor={actor} onChoose={(kind) => setTask({ kind, member: row })} />
      ),
    });
  }
  return (
    <>
      <DataTable
        label="Staff"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={sort}
        next={next}
        previous={previous}
        toolbar={<h2 className="font-semibold">Members</h2>}
        empty={<EmptyState title="Nobody here yet">Invite the people you work with.</EmptyState>}
      />
      <MemberDialog task={task} actor={actor} onClose={close} />
    </>
  );
}

function MemberMenu({
  member,
  actor,
  onChoose,
}: {
  member: StaffRow;
  actor: Actor;
  onChoose: (kind: MemberTask['kind']) => void;
}) {
  const isManageable = canManage(actor, { userId: member.id, role: member.role }).allowed;
  return (
    <Menu
      trigger={
        <Button
          id={buttonId(member.id)}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${member.name}`}
        >
          <MoreHorizontal aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem onSelect={() => onChoose('profile')}>Edit details</MenuItem>
      {isManageable ? (
        <>
          <MenuItem onSelect={() => onChoose('role')}>Change role</MenuItem>
          {member.status === 'active' ? (
            <MenuItem onSelect={() => onChoose('suspend')}>Suspend</MenuItem>
          ) : (
            <MenuItem onSelect={() => onChoose('reactivate')}>Let in again</MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger onSelect={() => onChoose('remove')}>
            Remove
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
