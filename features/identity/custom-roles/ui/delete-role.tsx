'use client';
import { useRouter } from 'next/navigation';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import type { RoleChoice } from '@/features/identity/access/lookup';
import { paths } from '@/lib/paths';
import { deleteRoleAction } from '../actions';

/** Asks first; while people have the role it also asks which one they get instead. */
export function DeleteRole({
  role,
  choices,
}: {
  role: { id: string; name: string; people: number };
  choices: readonly RoleChoice[];
}) {
  const router = useRouter();
  const { id, name, people } = role;
  return (
    <ConfirmAction
      trigger={<Button variant="danger">Delete role</Button>}
      title={`Delete ${name}?`}
      description={
        people === 0
          ? 'Nobody has this role.'
          : `${people === 1 ? '1 person has' : `${people} people have`} this role, open invitations included. They get the one that you choose.`
      }
      confirm="Delete role"
      action={deleteRoleAction}
      fields={{ roleId: id }}
      onDone={() => router.push(paths.roles)}
    >
      {people > 0 ? (
        <FormSelect
          name="moveTo"
          label="Role they get instead"
          placeholder="Choose a role"
          options={choices.map(({ value, label }) => ({ value, label }))}
          required
        />
      ) : null}
    </ConfirmAction>
  );
}
