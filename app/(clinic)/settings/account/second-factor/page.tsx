import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { ConfirmAddress } from '@/features/identity/account/ui/account-forms';
import { Passkeys } from '@/features/identity/passkeys/ui/passkey-forms';
import { getSecondFactors } from '@/features/identity/second-factor/queries';
import {
  AuthenticatorApp,
  RecoveryCodeSection,
  SetUpFirst,
} from '@/features/identity/second-factor/ui/second-factor-forms';
import { load, staffPage } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { dayOf, formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Second factor' };

export default async function SecondFactorPage() {
  const ctx = await staffPage('today:read', { beforeSecondFactor: true });
  const [factors, principal] = await Promise.all([load(getSecondFactors(ctx)), load(getPrincipal())]);
  // No factor is taken for an address that nobody has proved, so no form asks for one.
  const isUnproved = principal !== null && !principal.isEmailVerified;
  const due = principal?.kind === 'staff' ? principal.secondFactorDue : null;
  return (
    <>
      <PageHeader
        title="Second factor"
        description="Something that you have, besides the password that you know. One is enough; two are safer."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-8">
          {due ? (
            <SetUpFirst>
              {ctx.organization.name} asks everybody for one from {formatDay(dayOf(due, ctx.timeZone))} on. It
              takes two minutes, with an app on your phone or with a passkey of this device.
            </SetUpFirst>
          ) : null}
          {isUnproved ? (
            <ConfirmAddress email={principal.email} />
          ) : (
            <>
              <SettingsSection
                title="Authenticator app"
                description="An app on your phone that shows six digits, such as Aegis, Google Authenticator or 1Password."
              >
                <AuthenticatorApp hasTotp={factors.hasTotp} />
              </SettingsSection>
              <SettingsSection
                title="Passkeys"
                description="Your finger, your face or a security key. A passkey also works instead of the password."
              >
                <Passkeys
                  passkeys={factors.passkeys.map(({ id, name, createdAt }) => ({
                    id,
                    name,
                    added: formatDay(dayOf(new Date(createdAt), ctx.timeZone)),
                  }))}
                />
              </SettingsSection>
            </>
          )}
          {factors.hasTotp || factors.passkeys.length > 0 ? (
            <SettingsSection
              title="Recovery codes"
              description="For the day on which your phone is lost. Each works once."
            >
              <RecoveryCodeSection left={factors.recoveryCodesLeft} />
            </SettingsSection>
          ) : null}
        </div>
      </SettingsFrame>
    </>
  );
}
