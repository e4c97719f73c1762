import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/account/settings-frame';
import { AccessHistory } from '@/components/support-access/access-history';
import { GiveAccess, OpenAccess } from '@/components/support-access/owner-access';
import { PageHeader } from '@/components/ui/page-header';
import { load, staffPage } from '@/lib/actions/staff';
import { listSupportAccess } from '@/lib/features/support-access/queries';

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
