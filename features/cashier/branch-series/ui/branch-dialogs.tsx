'use client';
import { FormDialog } from '@/components/forms/form-dialog';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { ShownBranch } from '@/features/identity/branches/dto';
import { addBranchAction, updateBranchAction } from '../actions';

const addSchema = async () => (await import('@/features/identity/branches/schema')).addBranchInput;
const updateSchema = async () => (await import('@/features/identity/branches/schema')).updateBranchInput;

function Fields({ branch }: { branch?: ShownBranch }) {
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
    </>
  );
}

/** Opens a place beside those that there are. */
export const AddBranch = () => (
  <FormDialog
    trigger={
      <Button variant="primary">
        <Icon of="plus" /> Add branch
      </Button>
    }
    title="New branch"
    submit="Add branch"
    action={addBranchAction}
    schema={addSchema}
  >
    <Fields />
  </FormDialog>
);

/** Changes how a branch is called and what its papers say. */
export const EditBranch = ({ branch }: { branch: ShownBranch }) => (
  <FormDialog
    trigger={
      <Button size="sm" aria-label={`Change ${branch.name}`}>
        Change
      </Button>
    }
    title={branch.name}
    submit="Save changes"
    action={updateBranchAction}
    schema={updateSchema}
    version={branch.version}
    fields={{ branchId: branch.id }}
  >
    <Fields branch={branch} />
  </FormDialog>
);
