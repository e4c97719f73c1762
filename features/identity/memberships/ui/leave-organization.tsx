'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { paths } from '@/lib/paths';
import { leaveOrganizationAction } from '../actions';

/** Ends one's own work here. The last owner is told what to do first. */
export function LeaveOrganization({ name }: { name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="danger">Leave organization</Button>
      </DialogTrigger>
      <DialogContent
        title={`Leave ${name}?`}
        description="You are signed out at once. Only an owner or administrator can invite you again. What you wrote stays."
      >
        <ActionForm
          action={leaveOrganizationAction}
          warnOnLeave={false}
          onSuccess={() => window.location.assign(paths.login)}
        >
          <FormField
            name="currentPassword"
            label="Current password"
            type="password"
            autoComplete="current-password"
            required
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Stay</Button>
            <SubmitButton variant="danger">Leave now</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
