import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listCustomRoles } from '@/features/identity/custom-roles/queries';
import { BASE_ROLES, newRoleQuery } from '@/features/identity/custom-roles/schema';
import { NewRoleForm, type Template } from '@/features/identity/custom-roles/ui/role-form';
import { ROLE_LABEL } from '@/features/identity/staff/policy';
import { getSeatUsage } from '@/features/identity/staff/queries';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import { permissionsOf } from '@/lib/auth/permissions';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'New role' };

export default async function NewRolePage({ searchParams }: PageProps<'/settings/roles/new'>) {
  const ctx = await staffPage('roles:write');
  const { from } = newRoleQuery.parse(await searchParams);
  const breadcrumbs = [{ label: 'Roles', href: paths.roles }, { label: 'New role' }];
  if (!hasEntitlement(ctx, 'custom-roles')) {
    return (
      <>
        <PageHeader title="New role" breadcrumbs={breadcrumbs} />
        <UpgradePanel
          entitlement="custom-roles"
          brings={['Roles of your own, with each permission chosen one by one.']}
          figures={[{ label: 'Staff accounts', value: (await load(getSeatUsage(ctx))).used }]}
          canUpgrade={ctx.can('billing:read')}
        />
      </>
    );
  }
  const custom = await load(listCustomRoles(ctx));
  const { actor } = ctx;
  const held = actor.kind === 'staff' ? permissionsOf(actor) : [];
  const isOwner = actor.kind === 'staff' && actor.role === 'owner';
  const templates: Template[] = [
    // Who decides about the access of others is for owners to say.
    ...BASE_ROLES.filter((role) => isOwner || role !== 'admin').map((role) => ({
      value: role,
      label: ROLE_LABEL[role],
      baseRole: role,
      permissions: permissionsOf({ role }),
    })),
    ...custom
      .filter(({ baseRole }) => isOwner || baseRole !== 'admin')
      .map(({ id, name, baseRole, permissions }) => ({ value: id, label: name, baseRole, permissions })),
  ];
  const start = templates.find(({ value }) => value === from)?.value ?? 'receptionist';
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title="New role" breadcrumbs={breadcrumbs} />
      <Card className="p-5 sm:p-6">
        <NewRoleForm templates={templates} from={start} held={held} />
      </Card>
    </div>
  );
}
