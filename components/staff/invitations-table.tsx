'use client';
import { ActionButton, ConfirmAction } from '@/components/forms/confirm-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { resendInvitationAction, revokeInvitationAction } from '@/lib/features/staff/actions';
import type { Invitation } from '@/lib/features/staff/dto';
import { canInvite, ROLE_LABEL } from '@/lib/features/staff/policy';
import type { StaffRole } from '@/lib/master/vocabulary';

/** `expires` in words, in the organization's time zone. */
export type InvitationRow = Invitation & { expires: string };

/** Invitations without an answer: each holds a staff account until it is answered, revoked or too old. */
export function InvitationsTable({
  actorRole,
  rows,
}: {
  actorRole: StaffRole;
  rows: readonly InvitationRow[];
}) {
  const columns: DataColumn<InvitationRow>[] = [
    { id: 'name', header: 'Name', cell: (row) => <span className="font-medium">{row.name}</span> },
    { id: 'email', header: 'Email', wideOnly: true, cell: (row) => row.email },
    { id: 'role', header: 'Role', cell: (row) => ROLE_LABEL[row.role] },
    {
      id: 'expires',
      header: 'Works until',
      cell: (row) => (row.isExpired ? <Badge tone="warning">Too old</Badge> : row.expires),
    },
    {
      id: 'actions',
      header: 'Actions',
      align: 'right',
      cell: (row) => (canInvite(actorRole, row.role).allowed ? <InvitationActions row={row} /> : null),
    },
  ];
  return (
    <DataTable
      label="Invitations"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      toolbar={<h2 className="font-semibold">Invitations</h2>}
      empty={
        <EmptyState title="No open invitations">People you invite appear here until they accept.</EmptyState>
      }
    />
  );
}

function InvitationActions({ row }: { row: InvitationRow }) {
  return (
    <div className="flex justify-end gap-2">
      <ActionButton
        action={resendInvitationAction}
        fields={{ invitationId: row.id }}
        label={`Send the invitation of ${row.name} again`}
      >
        Send again
      </ActionButton>
      <ConfirmAction
        trigger={
          <Button variant="ghost" size="sm" aria-label={`Revoke the invitation of ${row.name}`}>
            Revoke
          </Button>
        }
        title={`Revoke the invitation of ${row.name}?`}
        description={`The link sent to ${row.email} stops working. The staff account is free again.`}
        confirm="Revoke invitation"
        action={revokeInvitationAction}
        fields={{ invitationId: row.id }}
      />
    </div>
  );
}
