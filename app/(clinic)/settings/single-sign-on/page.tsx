import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { Badge } from '@/components/ui/badge';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { getSingleSignOn, type SingleSignOn } from '@/features/identity/single-sign-on/queries';
import {
  ConnectionForm,
  Domains,
  OwnersOnly,
  SignInRules,
} from '@/features/identity/single-sign-on/ui/connection-forms';
import { getSeatUsage } from '@/features/identity/staff/queries';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import { UpgradePanel } from '@/features/subscription/entitlements/ui/upgrade-panel';
import { load, staffPage } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Single sign-on' };

const BRINGS = [
  'Your staff sign in with the account they have at your hospital: Microsoft Entra, Google, Okta, Keycloak, or any OpenID provider.',
  'Who leaves the hospital is shut out here too, at one place.',
  'New people get an account by themselves, in the role that you choose.',
  'Passwords can be refused for everybody but named owners.',
];

export default async function SingleSignOnPage() {
  const ctx = await staffPage('settings:read');
  return (
    <>
      <PageHeader
        title="Single sign-on"
        description="Your staff sign in with your organization's own identity provider."
      />
      <SettingsFrame hasOrganization>
        {hasEntitlement(ctx, 'single-sign-on') ? <Settings ctx={ctx} /> : <Upgrade ctx={ctx} />}
      </SettingsFrame>
    </>
  );
}

async function Settings({ ctx }: { ctx: TenantContext }) {
  const settings = await load(getSingleSignOn(ctx));
  const { connection, domains, owners, callbackAddress } = settings;
  if (!ctx.can('single-sign-on:write')) {
    return (
      <div className="grid max-w-3xl gap-5">
        <OwnersOnly />
        <Summary settings={settings} />
      </div>
    );
  }
  return (
    <div className="grid gap-8">
      <SettingsSection
        title="Connection"
        description="Register Chakravue at your provider as a web application (OpenID Connect, authorization code), with the redirect address, and copy what it gives you."
      >
        <ConnectionForm
          connection={connection}
          callbackAddress={callbackAddress}
          version={settings.placeVersion}
        />
      </SettingsSection>
      <SettingsSection
        title="Domains"
        description="Addresses of these domains are led to your provider. A domain belongs to one organization."
      >
        <Domains domains={domains} />
      </SettingsSection>
      {connection ? (
        <SettingsSection title="Rules" description="Who comes in, and how.">
          <SignInRules connection={connection} owners={owners} />
        </SettingsSection>
      ) : null}
    </div>
  );
}

function Summary({ settings: { connection, domains } }: { settings: SingleSignOn }) {
  return (
    <DescriptionList
      items={[
        { label: 'Issuer', value: connection?.issuer },
        {
          label: 'Verified domains',
          value: domains
            .filter(({ isVerified }) => isVerified)
            .map(({ domain }) => domain)
            .join(', '),
        },
        {
          label: 'Passwords',
          value: <Badge>{connection?.isEnforced ? 'Refused, but for named owners' : 'Accepted'}</Badge>,
        },
      ]}
    />
  );
}

async function Upgrade({ ctx }: { ctx: TenantContext }) {
  const { used } = await load(getSeatUsage(ctx));
  return (
    <UpgradePanel
      entitlement="single-sign-on"
      brings={BRINGS}
      figures={[{ label: 'Staff accounts', value: used }]}
      canUpgrade={ctx.can('billing:read')}
    />
  );
}
