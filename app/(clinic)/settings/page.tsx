import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getOrganizationProfile } from '@/features/identity/organization/queries';
import { OrganizationForm } from '@/features/identity/organization/ui/organization-form';
import { load, staffPage } from '@/lib/actions/staff';
import { countryOptions } from '@/lib/countries';
import { timeZoneOptions } from '@/lib/organizations/time-zones';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const ctx = await staffPage('settings:read');
  const profile = await load(getOrganizationProfile(ctx));
  return (
    <>
      <PageHeader title="Settings" description="How your organization appears, and when its day begins." />
      <SettingsFrame hasOrganization>
        <SettingsSection
          title="Organization"
          description={`Shown to your staff and on printed documents. Mail about the subscription goes to ${profile.email}.`}
        >
          <OrganizationForm
            profile={profile}
            countries={countryOptions()}
            timeZones={timeZoneOptions(profile.timeZone)}
          />
        </SettingsSection>
      </SettingsFrame>
    </>
  );
}
