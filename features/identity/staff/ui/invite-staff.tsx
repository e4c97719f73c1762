'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import type { RoleChoice } from '@/features/identity/access/lookup';
import { paths } from '@/lib/paths';
import { inviteStaffAction } from '../actions';
import { isFull, type Seats } from '../policy';

const schema = async () => (await import('../schema')).inviteStaffInput;

/** The button and the form that invites somebody; at the limit it says what to do. */
export function InviteStaff({ roles, seats }: { roles: readonly RoleChoice[]; seats: Seats }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Icon of="user-plus" />
          Invite staff
        </Button>
      </DialogTrigger>
      <DialogContent title="Invite staff" description="We send a link that works once and for 7 days.">
        <ActionForm action={inviteStaffAction} schema={schema} onSuccess={() => setOpen(false)}>
          {isFull(seats) ? <NoSeatLeft limit={seats.limit} /> : null}
          <FormField name="name" label="Name" autoComplete="off" required />
          <FormField
            name="email"
            label="Work email"
            type="email"
            inputMode="email"
            autoComplete="off"
            required
          />
          <RoleField roles={roles} />
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

function RoleField({ roles }: { roles: readonly RoleChoice[] }) {
  const [role, setRole] = useState('');
  const chosen = roles.find(({ value }) => value === role);
  return (
    <>
      <FormSelect
        name="role"
        label="Role"
        placeholder="Choose a role"
        options={roles.map(({ value, label }) => ({ value, label }))}
        help={chosen ? chosen.hint : 'What the person may see and do.'}
        onChange={(event) => setRole(event.target.value)}
        required
      />
      {role === 'owner' ? <CurrentPassword help={PASSWORD_OR_CODE} /> : null}
    </>
  );
}

function NoSeatLeft({ limit }: { limit: number | null }) {
  return (
    <Alert tone="warning" title={`All ${limit} staff accounts are in use`}>
      <Link href={paths.billing} className="underline underline-offset-2">
        Choose a larger plan
      </Link>
      , revoke an open invitation or remove somebody first.
    </Alert>
  );
}
