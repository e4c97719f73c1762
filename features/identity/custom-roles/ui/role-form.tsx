'use client';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Checkbox } from '@/components/ui/checkbox';
import { type Permission, readPermissions } from '@/lib/auth/permissions';
import type { StaffRole } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import { createRoleAction, updateRoleAction } from '../actions';
import { ALWAYS, GRANTABLE_GROUPS, neededFor, PERMISSION_LABEL, withNeeded } from '../policy';

/** What a new role can be copied from. */
export type Template = {
  value: string;
  label: string;
  baseRole: StaffRole;
  permissions: readonly Permission[];
};

/** A new role: copied from another one, then changed. */
export function NewRoleForm({
  templates,
  from,
  held,
}: {
  templates: readonly Template[];
  from: string;
  held: readonly Permission[];
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={createRoleAction}
      onSuccess={() => router.push(paths.roles)}
      label="New role"
      draft={{ form: 'role' }}
    >
      <FormField
        name="name"
        label="Name of the role"
        help="Such as Front desk lead. The staff list shows it."
        autoComplete="off"
        required
      />
      <Source templates={templates} from={from} held={held} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Create role</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** What a new role begins with. */
function Source({ templates, from, held }: Parameters<typeof NewRoleForm>[0]) {
  const label = 'Copy from';
  const { kept } = useField('source', label);
  const [source, setSource] = useState(kept ?? from);
  const template = templates.find(({ value }) => value === source);
  const start = (template?.permissions ?? []).filter((one) => held.includes(one));
  return (
    <>
      <FormSelect
        name="source"
        label={label}
        help="Its base decides the home page and what is offered first. It cannot be changed later."
        options={templates.map(({ value, label: words }) => ({ value, label: words }))}
        defaultValue={source}
        onChange={(event) => setSource(event.target.value)}
      />
      <input type="hidden" name="baseRole" value={template?.baseRole ?? ''} />
      <Permissions key={source} start={start} held={held} />
    </>
  );
}

/** Name and permissions of a role that is there. */
export function EditRoleForm({
  role,
  held,
}: {
  role: { id: string; name: string; revision: number; permissions: readonly Permission[] };
  held: readonly Permission[];
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={updateRoleAction}
      onSuccess={() => router.push(paths.roles)}
      label="Role"
      draft={{ form: 'role', of: role.id, version: role.revision }}
    >
      <input type="hidden" name="roleId" value={role.id} />
      <FormField name="name" label="Name of the role" defaultValue={role.name} autoComplete="off" required />
      <Permissions start={role.permissions} held={held} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save role</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** One box for each permission. What something needs comes along, and what needs it goes with it. */
function Permissions({ start, held }: { start: readonly Permission[]; held: readonly Permission[] }) {
  const id = useId();
  const { keptList } = useField('permissions', 'What it opens');
  const [chosen, setChosen] = useState<readonly Permission[]>(() =>
    keptList ? readPermissions(keptList) : withNeeded(start),
  );
  const toggle = (permission: Permission, isOn: boolean) => {
    if (isOn) {
      setChosen(withNeeded([...chosen, permission]));
      return;
    }
    const isLost = (one: Permission): boolean => {
      const needed = neededFor(one);
      return one === permission || (needed !== null && isLost(needed));
    };
    setChosen(chosen.filter((one) => !isLost(one)));
  };
  const isFixed = (one: Permission) => one === ALWAYS || (!held.includes(one) && !start.includes(one));
  return (
    <div className="grid gap-4">
      <p id={`${id}-note`} className="text-text-muted">
        What is left to owners, such as paying and closing the account, cannot be part of a custom role. You
        can allow what you may do yourself.
      </p>
      {chosen.map((permission) => (
        <input key={permission} type="hidden" name="permissions[]" value={permission} />
      ))}
      {GRANTABLE_GROUPS.map(({ title, permissions }) => (
        <fieldset key={title} className="grid gap-2">
          <legend className="mb-2 font-medium text-sm text-text">{title}</legend>
          {permissions.map((permission) => (
            <Checkbox
              key={permission}
              label={PERMISSION_LABEL[permission]}
              checked={chosen.includes(permission)}
              disabled={isFixed(permission)}
              onChange={(event) => toggle(permission, event.target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
