'use client';
import { startTransition, useMemo, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import type { MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import { PLATFORM_ROLES } from '@/lib/master/vocabulary';
import { invitePersonAction, resendTeamInvitationAction, revokeTeamInvitationAction } from '../actions';
import { TEAM_ROLE_CHOICES, TEAM_ROLES } from '../policy';
import type { TeamInvitation } from '../queries';

const schema = async () => (await import('../schema')).invitePersonInput;

/** The button and the form that invites somebody into the team. */
export function InvitePerson() {
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState('');
  const chosen = PLATFORM_ROLES.find((one) => one === role);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Icon of="user-plus" />
          Invite person
        </Button>
      </DialogTrigger>
      <DialogContent title="Invite person" description="We send a link that works once and for 7 days.">
        <ActionForm action={invitePersonAction} schema={schema} onSuccess={() => setOpen(false)}>
          <FormField name="name" label="Name" autoComplete="off" required />
          <FormField
            name="email"
            label="Work email"
            type="email"
            inputMode="email"
            autoComplete="off"
            required
          />
          <FormSelect
            name="role"
            label="Role"
            placeholder="Choose a role"
            options={TEAM_ROLE_CHOICES}
            help={chosen ? TEAM_ROLES[chosen].hint : 'What the person may see and do.'}
            onChange={(event) => setRole(event.target.value)}
            required
          />
          <CurrentPassword help={PASSWORD_OR_CODE} />
          <FormActions className="justify-end">
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton pendingLabel="Sending">Send invitation</SubmitButton>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** `expires` in words. */
export type TeamInvitationRow = TeamInvitation & { expires: string };

export function TeamInvitations({
  rows,
  canChange,
}: {
  rows: readonly TeamInvitationRow[];
  canChange: boolean;
}) {
  const [revoking, setRevoking] = useState<TeamInvitationRow | null>(null);
  const columns = useMemo(columnsOf, []);
  return (
    <>
      <DataTable
        id="team-invitations"
        label="Invitations"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        {...(canChange ? { rowActions: (row: TeamInvitationRow) => actionsFor(row, setRevoking) } : {})}
        rowLabel={(row) => `the invitation of ${row.name}`}
        toolbar={<h2 className="font-semibold text-base text-text">Invitations</h2>}
        emptyState={
          <EmptyState title="No open invitations">People you invite appear here until they join.</EmptyState>
        }
      />
      {revoking ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(null)}
          title={`Revoke the invitation of ${revoking.name}?`}
          confirmLabel="Revoke invitation"
          onConfirm={() => runAction(revokeTeamInvitationAction, { invitationId: revoking.id })}
        >
          The link sent to {revoking.email} stops working.
        </ConfirmDialog>
      ) : null}
    </>
  );
}

const columnsOf = (): DataColumn<TeamInvitationRow>[] => [
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
  { id: 'role', header: 'Role', hideBelow: 'sm', cell: (row) => TEAM_ROLES[row.role].label },
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

function actionsFor(row: TeamInvitationRow, revoke: (row: TeamInvitationRow) => void): MenuItem[] {
  return [
    {
      label: 'Send again',
      onSelect: () =>
        startTransition(async () => {
          const refusal = await runAction(resendTeamInvitationAction, { invitationId: row.id });
          if (refusal) toast.error(refusal);
        }),
    },
    { label: 'Revoke', tone: 'danger', onSelect: () => revoke(row) },
  ];
}
