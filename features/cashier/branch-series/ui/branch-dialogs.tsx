'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Plus } from '@/components/ui/icons';
import type { ShownBranch } from '@/features/identity/branches/dto';
import { addBranchAction, updateBranchAction } from '../actions';

const addSchema = async () => (await import('@/features/identity/branches/schema')).addBranchInput;
const updateSchema = async () => (await import('@/features/identity/branches/schema')).updateBranchInput;

function Fields({ branch, close, submit }: { branch?: ShownBranch; close: () => void; submit: string }) {
  const isFirst = branch?.isFirst ?? false;
  const orOrganization = isFirst ? 'Empty: as in the settings of patients’ bills' : undefined;
  return (
    <>
      <FormField
        name="name"
        label="Name"
        help="As your staff call it, such as Jayanagar"
        defaultValue={branch?.name ?? ''}
        autoComplete="off"
        required
        maxLength={60}
      />
      <FormField
        name="numberPrefix"
        label="Numbers of bills begin with"
        help={orOrganization ?? 'Up to 3 letters or digits that no other branch has'}
        defaultValue={branch?.numberPrefix ?? ''}
        autoComplete="off"
        required={!isFirst}
        maxLength={3}
      />
      <FormTextarea
        name="address"
        label="Address"
        help="On its papers and bills. Empty: the organization’s"
        rows={3}
        defaultValue={branch?.address ?? ''}
        maxLength={300}
      />
      <FormField name="phone" label="Phone" type="tel" defaultValue={branch?.phone ?? ''} maxLength={30} />
      <FormField
        name="taxNumber"
        label="Tax number"
        help="Where it is registered by itself, as in another state. Empty: the organization’s"
        defaultValue={branch?.taxNumber ?? ''}
        autoComplete="off"
        maxLength={20}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
      </div>
    </>
  );
}

/** Opens a place beside those that there are. */
export function AddBranch() {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden="true" /> Add branch
        </Button>
      </DialogTrigger>
      <DialogContent title="New branch">
        <ActionForm action={addBranchAction} schema={addSchema} label="New branch" onSuccess={close}>
          <Fields close={close} submit="Add branch" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Changes how a branch is called and what its papers say. */
export function EditBranch({ branch }: { branch: ShownBranch }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change ${branch.name}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent title={branch.name}>
        <ActionForm
          action={updateBranchAction}
          schema={updateSchema}
          label={branch.name}
          version={branch.version}
          onSuccess={close}
        >
          <input type="hidden" name="branchId" value={branch.id} />
          <Fields branch={branch} close={close} submit="Save changes" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
