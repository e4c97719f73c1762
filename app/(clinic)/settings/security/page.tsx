import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { Alert } from '@/components/ui/alert';
import { PageHeader } from '@/components/ui/page-header';
import {
  ComplianceList,
  OrganizationSecurityForm,
} from '@/features/identity/organization/ui/organization-security';
import { getOrganizationSecurity } from '@/features/identity/second-factor/queries';
import { canManage } from '@/features/identity/staff/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { dayOf, formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Security' };

export default async function SecurityPage() {
  const ctx = await staffPage('settings:read');
  const security = await load(getOrganizationSecurity(ctx));
  const { actor } = ctx;
  const lacking = security.people.filter(({ hasSecondFactor }) => !hasSecondFactor).length;
  return (
    <>
      <PageHeader title="Security" description="What your organization asks of everybody's sign-in." />
      <SettingsFrame hasOrganization>
        <div className="grid gap-8">
          {security.requireSecondFactor && security.requiredFrom && lacking > 0 ? (
            <Alert tone="warning">
              {lacking === 1 ? 'One person has' : `${lacking} people have`} no second factor yet. It counts
              from {formatDay(dayOf(new Date(security.requiredFrom), ctx.timeZone))}; then they set it up
              before anything else opens.
            </Alert>
          ) : null}
          <SettingsSection title="Sign-in" description="Counts for everybody who works here, you included.">
            <OrganizationSecurityForm
              requireSecondFactor={security.requireSecondFactor}
              idleMinutes={security.idleMinutes}
              version={security.version}
            />
          </SettingsSection>
          <SettingsSection
            title="Who has a second factor"
            description={`${security.people.length - lacking} of ${security.people.length} people.`}
          >
            <ComplianceList
              people={security.people.map((person) => ({
                ...person,
                canReset: actor.kind === 'staff' && canManage(actor, person).allowed,
              }))}
            />
          </SettingsSection>
        </div>
      </SettingsFrame>
    </>
  );
}
