import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getCustomRole, listRoleChoices } from '@/features/identity/custom-roles/queries';
import { DeleteRole } from '@/features/identity/custom-roles/ui/delete-role';
import { EditRoleForm } from '@/features/identity/custom-roles/ui/role-form';
import { canDefine, ROLE_LABEL } from '@/features/identity/staff/policy';
import { hasEntitlement, missingSentence } from '@/features/subscription/entitlements/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { permissionsOf } from '@/lib/auth/permissions';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Role' };

export default async function RolePage({ params }: PageProps<'/settings/roles/[roleId]'>) {
  const ctx = await staffPage('roles:write');
  const role = await load(getCustomRole(ctx, (await params).roleId));
  const choices = (await load(listRoleChoices(ctx))).filter(({ value }) => value !== role.id);
  const { actor } = ctx;
  const held = actor.kind === 'staff' ? permissionsOf(actor) : [];
  const access = { role: role.baseRole, customRole: role };
  const verdict =
    actor.kind === 'staff'
      ? canDefine(actor, access, access)
      : { allowed: false as const, reason: 'Only staff can do this.' };
  const reason = hasEntitlement(ctx, 'custom-roles')
    ? verdict.allowed
      ? null
      : verdict.reason
    : missingSentence('custom-roles');
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={role.name}
        breadcrumbs={[{ label: 'Roles', href: paths.roles }, { label: role.name }]}
        description={`On the base of ${ROLE_LABEL[role.baseRole].toLowerCase()}. ${role.people === 1 ? '1 person has' : `${role.people} people have`} it.`}
        actions={
          reason ? null : (
            <>
              <Link href={paths.newRole(role.id)} className={buttonClass()}>
                <Icon of="copy" /> Copy
              </Link>
              <DeleteRole role={role} choices={choices} />
            </>
          )
        }
      />
      {reason ? (
        <Alert tone="warning" title="This role can only be looked at">
          {reason}
        </Alert>
      ) : (
        <Card className="p-5 sm:p-6">
          <EditRoleForm role={role} held={held} />
        </Card>
      )}
    </div>
  );
}
