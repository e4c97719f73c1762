'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { later } from '@/components/ui/later';
import type { RoleChoice } from '@/features/identity/access/lookup';
import type { Seats } from '../policy';

// Who reads a list pays for reading it.
const InviteManyForm = later(() => import('./invite-many-form').then((file) => file.InviteManyForm));

/** The button and the list that invites many at once. */
export function InviteMany({ roles, seats }: { roles: readonly RoleChoice[]; seats: Seats }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon of="users" />
        Invite many
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          title="Invite many"
          description="One person on each line: name, work e-mail and role. Each gets a link that works once and for 7 days."
          className="max-w-2xl"
        >
          <InviteManyForm roles={roles} seats={seats} onClose={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </>
  );
}
