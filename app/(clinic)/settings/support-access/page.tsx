import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { PageHeader } from '@/components/ui/page-header';
import { listSupportAccess } from '@/features/support/support-access/queries';
import { AccessHistory } from '@/features/support/support-access/ui/access-history';
import { GiveAccess, OpenAccess } from '@/features/support/support-access/ui/owner-access';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Support access' };

export default async function SupportAccessPage() {
  const ctx = await staffPage('support-access:read');
  const grants = await load(listSupportAccess(ctx));
  const canManage = ctx.can('support-access:manage');
  return (
    <>
      <PageHeader
        title="Support access"
        description="Nobody of Chakravue sees your records unless the owner allows it, for a reason and until a time."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid max-w-4xl gap-6">
          <OpenAccess grants={grants} canManage={canManage} />
          <AccessHistory grants={grants} />
          {canManage ? <GiveAccess /> : null}
        </div>
      </SettingsFrame>
    </>
  );
}
