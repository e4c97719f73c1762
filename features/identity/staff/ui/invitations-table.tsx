'use client';
import { startTransition, useMemo, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Badge } from '@/components/ui/badge';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import type { Access } from '@/lib/auth/permissions';
import { resendInvitationAction, revokeInvitationAction } from '../actions';
import type { Invitation } from '../dto';
import { canGive, roleName } from '../policy';

/** `expires` in words, in the organization's time zone. */
export type InvitationRow = Invitation & { expires: string };

/** Invitations without an answer: each holds a staff account until it is answered, revoked or too old. */
export function InvitationsTable({ actor, rows }: { actor: Access; rows: readonly InvitationRow[] }) {
  const [revoking, setRevoking] = useState<InvitationRow | null>(null);
  const columns = useMemo(columnsOf, []);
  return (
    <>
      <DataTable
        id="invitations"
        label="Invitations"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowActions={(row) => (canGive(actor, row).allowed ? actionsFor(row, setRevoking) : [])}
        rowLabel={(row) => `the invitation of ${row.name}`}
        toolbar={<h2 className="font-semibold text-base text-text">Invitations</h2>}
        emptyState={
          <EmptyState title="No open invitations">
            People you invite appear here until they accept.
          </EmptyState>
        }
      />
      {revoking ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(null)}
          title={`Revoke the invitation of ${revoking.name}?`}
          confirmLabel="Revoke invitation"
          onConfirm={() => runAction(revokeInvitationAction, { invitationId: revoking.id })}
        >
          The link sent to {revoking.email} stops working. The staff account is free again.
        </ConfirmDialog>
      ) : null}
    </>
  );
}

const columnsOf = (): DataColumn<InvitationRow>[] => [
  {
    id: 'name',
    header: 'Name',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="font-medium text-text">{row.name}</span>
        <span className="break-all text-[0.8125rem] md:hidden">{row.email}</span>
      </span>
    ),
  },
  { id: 'email', header: 'Email', hideBelow: 'md', cell: (row) => row.email },
  { id: 'role', header: 'Role', hideBelow: 'sm', cell: roleName },
  {
    id: 'expires',
    header: 'Works until',
    cell: (row) =>
      row.isExpired ? (
        <Badge tone="warning">Too old</Badge>
      ) : (
        <span className="tabular-nums">{row.expires}</span>
      ),
  },
];

function actionsFor(row: InvitationRow, revoke: (row: InvitationRow) => void): MenuItem[] {
  return [
    {
      label: 'Send again',
      onSelect: () =>
        startTransition(async () => {
          const refusal = await runAction(resendInvitationAction, { invitationId: row.id });
          if (refusal) toast.error(refusal);
        }),
    },
    { label: 'Revoke', tone: 'danger', onSelect: () => revoke(row) },
  ];
}
