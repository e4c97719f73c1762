'use client';
import type { ReactNode } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ActionResult } from '@/lib/action-result';
import {
  changeRoleAction,
  reactivateStaffAction,
  removeStaffAction,
  suspendStaffAction,
  updateStaffProfileAction,
} from '@/lib/features/staff/actions';
import type { StaffMember } from '@/lib/features/staff/dto';
import { assignableRoles, ROLE_LABEL } from '@/lib/features/staff/policy';
import type { StaffRole } from '@/lib/master/vocabulary';

export type MemberTask = {
  kind: 'profile' | 'role' | 'suspend' | 'reactivate' | 'remove';
  member: StaffMember;
};
type Actor = { userId: string; role: StaffRole };
type Action = (previous: ActionResult<void>, form: FormData) => Promise<ActionResult<void>>;

type Sheet = {
  title: string;
  description?: string;
  action: Action;
  submit: string;
  tone?: 'danger';
  body?: ReactNode;
};

/** One dialog for everything that can be done to a member; which one is the task's kind. */
export function MemberDialog({
  task,
  actor,
  onClose,
}: {
  task: MemberTask | null;
  actor: Actor;
  onClose: () => void;
}) {
  if (!task) return null;
  const sheet = sheetOf(task, actor);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={sheet.title}
      {...(sheet.description ? { description: sheet.description } : {})}
    >
      <ActionForm action={sheet.action} onSuccess={onClose} label={sheet.title}>
        <input type="hidden" name="userId" value={task.member.id} />
        {sheet.body}
        <div className="flex justify-end gap-2">
          <Button variant="secondary" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton variant={sheet.tone ?? 'primary'}>{sheet.submit}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}

function sheetOf({ kind, member }: MemberTask, actor: Actor): Sheet {
  switch (kind) {
    case 'profile':
      return {
        title: `Details of ${member.name}`,
        description: 'Shown on the queue, in appointments and on printed documents.',
        action: updateStaffProfileAction,
        submit: 'Save details',
        body: <ProfileFields member={member} />,
      };
    case 'role':
      return {
        title: `Change the role of ${member.name}`,
        description: 'It counts at once. With fewer rights the person is signed out.',
        action: changeRoleAction,
        submit: 'Change role',
        body: (
          <FormSelect
            name="role"
            label="Role"
            defaultValue={member.role}
            options={assignableRoles(actor.role).map((role) => ({ value: role, label: ROLE_LABEL[role] }))}
          />
        ),
      };
    case 'suspend':
      return {
        title: `Suspend ${member.name}?`,
        description:
          'The person is signed out and cannot sign in until you let them in again. The staff account stays taken.',
        action: suspendStaffAction,
        submit: 'Suspend',
        tone: 'danger',
      };
    case 'reactivate':
      return {
        title: `Let ${member.name} in again?`,
        description: `The person can sign in again as ${ROLE_LABEL[member.role].toLowerCase()}.`,
        action: reactivateStaffAction,
        submit: 'Let in again',
      };
    case 'remove':
      return {
        title: `Remove ${member.name}?`,
        description:
          'The person is signed out and loses access. Their name stays on the records they made, and the staff account is free again.',
        action: removeStaffAction,
        submit: 'Remove',
        tone: 'danger',
      };
  }
}

function ProfileFields({ member }: { member: StaffMember }) {
  return (
    <>
      <FormField
        name="registrationNumber"
        label="Registration number"
        defaultValue={member.registrationNumber}
        help="The number under which the medical council knows this person. Optional."
      />
      <FormField
        name="room"
        label="Room"
        defaultValue={member.room}
        help="Where patients are called to. Optional."
      />
      <FormField name="phone" label="Phone" type="tel" defaultValue={member.phone} help="Optional." />
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          name="seesPatients"
          defaultChecked={member.seesPatients}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          Sees patients
          <span className="block text-xs text-text-muted">
            Can be chosen as the doctor of appointments and in the queue.
          </span>
        </span>
      </label>
    </>
  );
}
