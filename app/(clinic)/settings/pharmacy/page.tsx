import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { PharmacySettingsForm } from '@/features/pharmacy/pharmacy-settings/ui/pharmacy-settings-form';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Pharmacy settings' };

export default async function PharmacySettingsPage() {
  const ctx = await staffPage('settings:read');
  const settings = await load(getPharmacySettings(ctx));
  return (
    <>
      <PageHeader title="Pharmacy" description="What it is licensed for, and what it takes back." />
      <SettingsFrame hasOrganization>
        <SettingsSection
          title="The counter"
          description="What has expired is never taken back, and what was opened never goes back on the shelf by itself."
        >
          <PharmacySettingsForm settings={settings} canWrite={ctx.can('settings:write')} />
        </SettingsSection>
      </SettingsFrame>
    </>
  );
}
