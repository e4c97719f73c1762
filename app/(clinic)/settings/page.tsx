import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getOrganizationProfile } from '@/features/identity/organization/queries';
import { OrganizationForm } from '@/features/identity/organization/ui/organization-form';
import { getSetUp } from '@/features/support/onboarding/queries';
import { ShowStartList } from '@/features/support/onboarding/ui/show-start-list';
import { countSamples } from '@/features/support/samples/queries';
import { SamplePatients } from '@/features/support/samples/ui/sample-patients';
import { load, staffPage } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { countryOptions } from '@/lib/countries';
import { timeZoneOptions } from '@/lib/organizations/time-zones';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const ctx = await staffPage('settings:read');
  const canWrite = ctx.can('settings:write');
  const [profile, samples, setUp] = await load(
    Promise.all([
      getOrganizationProfile(ctx),
      canWrite ? countSamples(ctx) : 0,
      canWrite ? setUpOf(ctx) : null,
    ]),
  );
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
        {setUp ? (
          <SettingsSection title="Beginning" description="For the first days, and for who wants to practise.">
            <div className="grid justify-items-start gap-5">
              {setUp.left > 0 ? (
                <div className="grid justify-items-start gap-2">
                  <p>{setUp.left === 1 ? 'One thing is' : `${setUp.left} things are`} still to be set up.</p>
                  {setUp.isPutAway ? <ShowStartList /> : <p className="text-text-muted">See Today.</p>}
                </div>
              ) : null}
              <div className="grid justify-items-start gap-2">
                <p>
                  {samples > 0
                    ? `There are ${samples} sample patients. No report counts them.`
                    : 'Sample patients fill the queue to try everything with, and go again without a trace.'}
                </p>
                <SamplePatients count={samples} />
              </div>
            </div>
          </SettingsSection>
        ) : null}
      </SettingsFrame>
    </>
  );
}

/** Null for who is not of the organization. */
async function setUpOf(ctx: TenantContext) {
  const principal = await getPrincipal();
  if (principal?.kind !== 'staff') return null;
  const { organization, hasSecondFactor } = principal;
  return getSetUp(ctx, { onboarding: organization.onboarding, hasSecondFactor });
}
