'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormCheckboxes, FormField, FormSelect, FormSwitch } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import type { RoleChoice } from '@/features/identity/access/lookup';
import type { FormAction } from '@/lib/action-result';
import {
  assignBranchesAction,
  changeRoleAction,
  reactivateStaffAction,
  removeStaffAction,
  suspendStaffAction,
  updateStaffProfileAction,
} from '../actions';
import type { StaffMember } from '../dto';
import { keepChoices, roleName, type StaffBranch } from '../policy';

export type MemberTask = {
  kind: 'profile' | 'role' | 'branches' | 'suspend' | 'reactivate' | 'remove';
  member: StaffMember;
};

/** Everything that can be done to a member: a form or a question, by the task's kind. */
export function MemberDialog({
  task,
  roles,
  branches,
  onClose,
}: {
  task: MemberTask | null;
  roles: readonly RoleChoice[];
  branches: readonly StaffBranch[];
  onClose: () => void;
}) {
  if (!task) return null;
  const { kind, member } = task;
  if (kind === 'profile') return <ProfileDialog member={member} onClose={onClose} />;
  if (kind === 'role') return <RoleDialog member={member} roles={roles} onClose={onClose} />;
  if (kind === 'branches') return <BranchesDialog member={member} branches={branches} onClose={onClose} />;
  return <Question kind={kind} member={member} onClose={onClose} />;
}

type Ask = {
  title: string;
  text: string;
  confirm: string;
  tone: 'primary' | 'danger';
  action: FormAction<void>;
};

const questionOf = (kind: 'suspend' | 'reactivate' | 'remove', member: StaffMember): Ask => {
  const { name } = member;
  switch (kind) {
    case 'suspend':
      return {
        title: `Suspend ${name}?`,
        text: 'The person is signed out and cannot sign in until you let them in again. The staff account stays taken.',
        confirm: 'Suspend',
        tone: 'danger',
        action: suspendStaffAction,
      };
    case 'reactivate':
      return {
        title: `Let ${name} in again?`,
        text: `The person can sign in again as ${roleName(member).toLowerCase()}.`,
        confirm: 'Let in again',
        tone: 'primary',
        action: reactivateStaffAction,
      };
    case 'remove':
      return {
        title: `Remove ${name}?`,
        text: 'The person is signed out and loses access. The name stays on the records they made, and the staff account is free again.',
        confirm: 'Remove',
        tone: 'danger',
        action: removeStaffAction,
      };
  }
};

function Question({
  kind,
  member,
  onClose,
}: {
  kind: 'suspend' | 'reactivate' | 'remove';
  member: StaffMember;
  onClose: () => void;
}) {
  const { title, text, confirm, tone, action } = questionOf(kind, member);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        onClose();
        returnFocus(member);
      }}
      title={title}
      confirmLabel={confirm}
      tone={tone}
      onConfirm={() => runAction(action, { userId: member.id })}
    >
      {text}
    </ConfirmDialog>
  );
}

/** The menu that led to the dialog is gone; its button is where the person was. */
function returnFocus(member: StaffMember): void {
  setTimeout(() => {
    document
      .querySelector<HTMLElement>(`button[aria-label=${JSON.stringify(`Actions for ${member.name}`)}]`)
      ?.focus();
  });
}

type FormDialogProps = {
  member: StaffMember;
  title: string;
  description: string;
  onClose: () => void;
  children: React.ReactNode;
};

function FormDialog({ member, title, description, onClose, children }: FormDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={title}
        description={description}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus(member);
        }}
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}

function Buttons({ submit }: { submit: string }) {
  return (
    <FormActions className="justify-end">
      <DialogClose asChild>
        <Button>Cancel</Button>
      </DialogClose>
      <SubmitButton>{submit}</SubmitButton>
    </FormActions>
  );
}

function RoleDialog({
  member,
  roles,
  onClose,
}: {
  member: StaffMember;
  roles: readonly RoleChoice[];
  onClose: () => void;
}) {
  const [role, setRole] = useState<string>(member.customRole?.id ?? member.role);
  return (
    <FormDialog
      member={member}
      title={`Change the role of ${member.name}`}
      description="It counts at once. With fewer rights the person is signed out."
      onClose={onClose}
    >
      <ActionForm action={changeRoleAction} onSuccess={onClose} version={member.roleVersion}>
        <input type="hidden" name="userId" value={member.id} />
        <FormSelect
          name="role"
          label="Role"
          defaultValue={member.customRole?.id ?? member.role}
          options={roles.map(({ value, label, hint }) => ({ value, label: `${label}: ${hint}` }))}
          onChange={(event) => setRole(event.target.value)}
        />
        {role === 'owner' && member.role !== 'owner' ? <CurrentPassword help={PASSWORD_OR_CODE} /> : null}
        <Buttons submit="Change role" />
      </ActionForm>
    </FormDialog>
  );
}

function BranchesDialog({
  member,
  branches,
  onClose,
}: {
  member: StaffMember;
  branches: readonly StaffBranch[];
  onClose: () => void;
}) {
  return (
    <FormDialog
      member={member}
      title={`Where ${member.name} works`}
      description="Where none is chosen, everywhere. Records of patients are the same at all branches."
      onClose={onClose}
    >
      <ActionForm action={assignBranchesAction} onSuccess={onClose} version={member.branchesVersion}>
        <input type="hidden" name="userId" value={member.id} />
        <FormCheckboxes
          name="branchIds"
          label="Branches"
          options={keepChoices(member, branches)}
          defaultValue={member.branchIds}
        />
        <Buttons submit="Save" />
      </ActionForm>
    </FormDialog>
  );
}

function ProfileDialog({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  return (
    <FormDialog
      member={member}
      title={`Details of ${member.name}`}
      description="Shown in the queue, in appointments and on printed documents. All of them are optional."
      onClose={onClose}
    >
      <ActionForm
        action={updateStaffProfileAction}
        onSuccess={onClose}
        label="Details"
        draft={{ form: 'staff-profile', of: member.id, version: member.profileVersion }}
      >
        <input type="hidden" name="userId" value={member.id} />
        <FormField
          name="registrationNumber"
          label="Registration number"
          defaultValue={member.registrationNumber}
          help="The number under which the medical council knows this person."
        />
        <FormField name="room" label="Room" defaultValue={member.room} help="Where patients are called to." />
        <FormField name="phone" label="Phone" type="tel" defaultValue={member.phone} />
        <FormSwitch
          name="seesPatients"
          label="Sees patients"
          defaultChecked={member.seesPatients}
          help="Can be chosen as the doctor of an appointment and in the queue."
        />
        <Buttons submit="Save details" />
      </ActionForm>
    </FormDialog>
  );
}
