'use client';
import { UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { inviteStaffAction } from '@/lib/features/staff/actions';
import { isFull, ROLE_HINT, ROLE_LABEL, type Seats } from '@/lib/features/staff/policy';
import type { StaffRole } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';

/** The button and the form that invites somebody; at the limit it says what to do. */
export function InviteStaff({ roles, seats }: { roles: readonly StaffRole[]; seats: Seats }) {
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<string>('');
  const chosen = roles.find((candidate) => candidate === role);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setRole('');
      }}
      title="Invite staff"
      description="We send a link that works once and for 7 days."
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden="true" />
          Invite staff
        </Button>
      }
    >
      <ActionForm action={inviteStaffAction} onSuccess={() => setOpen(false)} label="Invitation">
        {isFull(seats) ? (
          <Alert tone="warning" title={`All ${seats.limit} staff accounts are in use`}>
            <Link href={paths.billing} className="underline underline-offset-2">
              Choose a larger plan
            </Link>
            , revoke an open invitation or remove somebody first.
          </Alert>
        ) : null}
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
          options={roles.map((value) => ({ value, label: ROLE_LABEL[value] }))}
          help={chosen ? ROLE_HINT[chosen] : undefined}
          onChange={(event) => setRole(event.target.value)}
          required
        />
        <div className="flex justify-end gap-2">
          <Button variant="secondary" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <SubmitButton variant="primary">Send invitation</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}
