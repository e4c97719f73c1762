'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Plus } from '@/components/ui/icons';
import { BranchField, type NamedBranch } from '@/features/identity/branches/ui/branch-field';
import { addStoreAction, updateStoreAction } from '../actions';
import type { Store } from '../dto';

const addSchema = async () => (await import('../schema')).addStoreInput;
const updateSchema = async () => (await import('../schema')).updateStoreInput;

type Branches = readonly NamedBranch[];

function Fields({
  store,
  branches,
  branchId,
  close,
  submit,
}: {
  store?: Store;
  branches: Branches;
  branchId: string;
  close: () => void;
  submit: string;
}) {
  return (
    <>
      <FormField
        name="name"
        label="Name"
        help="Such as Pharmacy counter, Theatre or Ward 2"
        defaultValue={store?.name ?? ''}
        autoComplete="off"
        required
        maxLength={60}
      />
      <BranchField branches={branches} defaultValue={branchId} />
      <FormCheckbox
        name="isCounter"
        label="The counter gives out from it, unless somebody chooses another store"
        defaultChecked={store?.isCounter ?? false}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
      </div>
    </>
  );
}

/** Opens a store beside those that there are. */
export function AddStore({ branches, branchId }: { branches: Branches; branchId: string }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden="true" /> Add store
        </Button>
      </DialogTrigger>
      <DialogContent title="New store">
        <ActionForm action={addStoreAction} schema={addSchema} label="New store" onSuccess={close}>
          <Fields branches={branches} branchId={branchId} close={close} submit="Add store" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Names a store otherwise, or makes it the counter's. */
export function EditStore({ store, branches }: { store: Store; branches: Branches }) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Change ${store.name}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogContent title={store.name}>
        <ActionForm
          action={updateStoreAction}
          schema={updateSchema}
          label={store.name}
          version={store.version}
          onSuccess={close}
        >
          <input type="hidden" name="storeId" value={store.id} />
          <Fields
            store={store}
            branches={branches}
            branchId={store.branchId}
            close={close}
            submit="Save changes"
          />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
