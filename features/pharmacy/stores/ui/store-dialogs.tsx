'use client';
import { FormDialog } from '@/components/forms/form-dialog';
import { FormCheckbox, FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { BranchField, type NamedBranch } from '@/features/identity/branches/ui/branch-field';
import { addStoreAction, updateStoreAction } from '../actions';
import type { Store } from '../dto';

const addSchema = async () => (await import('../schema')).addStoreInput;
const updateSchema = async () => (await import('../schema')).updateStoreInput;

type Branches = readonly NamedBranch[];

function Fields({ store, branches, branchId }: { store?: Store; branches: Branches; branchId: string }) {
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
    </>
  );
}

/** Opens a store beside those that there are. */
export const AddStore = ({ branches, branchId }: { branches: Branches; branchId: string }) => (
  <FormDialog
    trigger={
      <Button variant="primary">
        <Icon of="plus" /> Add store
      </Button>
    }
    title="New store"
    submit="Add store"
    action={addStoreAction}
    schema={addSchema}
  >
    <Fields branches={branches} branchId={branchId} />
  </FormDialog>
);

/** Names a store otherwise, or makes it the counter's. */
export const EditStore = ({ store, branches }: { store: Store; branches: Branches }) => (
  <FormDialog
    trigger={
      <Button size="sm" aria-label={`Change ${store.name}`}>
        Change
      </Button>
    }
    title={store.name}
    submit="Save changes"
    action={updateStoreAction}
    schema={updateSchema}
    version={store.version}
    fields={{ storeId: store.id }}
  >
    <Fields store={store} branches={branches} branchId={store.branchId} />
  </FormDialog>
);
