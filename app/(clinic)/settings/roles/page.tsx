import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listCustomRoles, type RoleRow } from '@/features/identity/custom-roles/queries';
import { type MatrixColumn, RolesMatrix } from '@/features/identity/custom-roles/ui/roles-matrix';
import { ROLE_LABEL } from '@/features/identity/staff/policy';
import { getSeatUsage } from '@/features/identity/staff/queries';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import { permissionsOf } from '@/lib/auth/permissions';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Roles' };

const BRINGS = [
  'Roles of your own, such as a front desk lead who also sees reports, or an administrator who only looks.',
  'Each permission chosen one by one; nothing is allowed that you did not tick.',
  'A change counts at the next click of everybody who has the role, and is in the audit log.',
];

export default async function RolesPage() {
  const ctx = await staffPage('settings:read');
  const isIncluded = hasEntitlement(ctx, 'custom-roles');
  const canDefine = isIncluded && ctx.can('roles:write');
  return (
    <>
      <PageHeader
        title="Roles"
        description="What each role may do."
        actions={
          canDefine ? (
            <Link href={paths.newRole()} className={buttonClass({ variant: 'primary' })}>
              <Icon of="plus" /> New role
            </Link>
          ) : null
        }
      />
      <SettingsFrame hasOrganization>
        <Suspense fallback={<TableSkeleton />}>
          <Matrix ctx={ctx} isIncluded={isIncluded} canDefine={canDefine} />
        </Suspense>
      </SettingsFrame>
    </>
  );
}

async function Matrix({
  ctx,
  isIncluded,
  canDefine,
}: {
  ctx: TenantContext;
  isIncluded: boolean;
  canDefine: boolean;
}) {
  const [custom, seats] = await load(
    Promise.all([listCustomRoles(ctx), isIncluded ? null : getSeatUsage(ctx)]),
  );
  const columns: MatrixColumn[] = [
    ...STAFF_ROLES.map((role) => ({
      id: role,
      name: ROLE_LABEL[role],
      detail: 'Built in',
      permissions: permissionsOf({ role }),
    })),
    ...custom.map((role) => ({
      id: role.id,
      name: role.name,
      detail: detailOf(role),
      permissions: role.effective,
      ...(canDefine ? { href: paths.role(role.id) } : {}),
    })),
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {!isIncluded && custom.length > 0 ? (
        <Alert tone="warning" title="Your plan no longer includes custom roles">
          They are kept. Until you upgrade, people who have one may do only what both it and its base role
          allow; that is what the table shows. On the staff page you can give them a built-in role.
        </Alert>
      ) : null}
      <RolesMatrix columns={columns} />
      {seats ? (
        <UpgradePanel
          entitlement="custom-roles"
          brings={BRINGS}
          figures={[{ label: 'Staff accounts', value: seats.used }]}
          canUpgrade={ctx.can('billing:read')}
        />
      ) : null}
    </div>
  );
}

const detailOf = ({ baseRole, people }: RoleRow): string =>
  `On ${ROLE_LABEL[baseRole].toLowerCase()}, ${people === 1 ? '1 person' : `${people} people`}`;
