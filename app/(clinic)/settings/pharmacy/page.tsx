import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getCommonSettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { PharmacySettingsForm } from '@/features/pharmacy/pharmacy-settings/ui/pharmacy-settings-form';
import { listStarterOffers } from '@/features/pharmacy/starter-facts/queries';
import { StarterOffers } from '@/features/pharmacy/starter-facts/ui/starter-offers';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Pharmacy settings' };

export default async function PharmacySettingsPage() {
  const ctx = await staffPage('settings:read');
  const [settings, offers] = await load(Promise.all([getCommonSettings(ctx), listStarterOffers(ctx)]));
  return (
    <>
      <PageHeader title="Pharmacy" description="What it is licensed for, and what it takes back." />
      <SettingsFrame hasOrganization>
        <SettingsSection
          title="The counter"
          description="What has expired is never taken back, and what was opened never goes back on the shelf by itself."
        >
          <PharmacySettingsForm
            settings={settings}
            branches={ctx.branches.flatMap(({ id, name, isFirst }) => (isFirst ? [] : [{ id, name }]))}
            canWrite={ctx.can('settings:write')}
          />
        </SettingsSection>
        {offers.length > 0 ? (
          <SettingsSection
            title="From the list to begin with"
            description="What our list of common medicines says and nobody has said here. Nothing changes until you take it over, and what you have said stays."
          >
            <StarterOffers offers={offers} canWrite={ctx.can('medicines:write')} />
          </SettingsSection>
        ) : null}
      </SettingsFrame>
    </>
  );
}
