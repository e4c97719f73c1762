import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { PageHeader } from '@/components/ui/page-header';
import { getClosing } from '@/features/fleet/operations/queries';
import { CloseAccount, ExportEverything } from '@/features/fleet/operations/ui/close-account';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Export and close' };

export default async function CloseAccountPage() {
  const ctx = await staffPage('organization:close');
  const closing = await load(getClosing(ctx));
  return (
    <>
      <PageHeader title="Export and close" description="Take everything along, or end your account." />
      <SettingsFrame hasOrganization>
        <div className="grid max-w-4xl gap-6">
          <ExportEverything exports={closing.exports} />
          <CloseAccount closing={closing} />
        </div>
      </SettingsFrame>
    </>
  );
}
