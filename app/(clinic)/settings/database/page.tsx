import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { PageHeader } from '@/components/ui/page-header';
import { getOwnDatabase } from '@/features/fleet/operations/queries';
import { OwnDatabaseSettings } from '@/features/fleet/operations/ui/own-database';
import { getSeatUsage } from '@/features/identity/staff/queries';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Database' };

const BRINGS = [
  'Your records live on a MongoDB server that your hospital runs or rents.',
  'We check the server first, move everything, and compare each record before the switch.',
  'You can change the credential whenever you like.',
];

export default async function DatabasePage() {
  const ctx = await staffPage('settings:read');
  return (
    <>
      <PageHeader title="Database" description="The server on which your organization’s records live." />
      <SettingsFrame hasOrganization>
        {hasEntitlement(ctx, 'own-database') ? <Settings ctx={ctx} /> : <Upgrade ctx={ctx} />}
      </SettingsFrame>
    </>
  );
}

async function Settings({ ctx }: { ctx: TenantContext }) {
  const database = await load(getOwnDatabase(ctx));
  return <OwnDatabaseSettings database={database} canWrite={ctx.can('database:write')} />;
}

async function Upgrade({ ctx }: { ctx: TenantContext }) {
  const { used } = await load(getSeatUsage(ctx));
  return (
    <UpgradePanel
      entitlement="own-database"
      brings={BRINGS}
      figures={[{ label: 'Staff accounts', value: used }]}
      canUpgrade={ctx.can('billing:read')}
    />
  );
}
