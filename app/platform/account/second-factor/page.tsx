import type { Metadata } from 'next';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { Passkeys } from '@/features/identity/passkeys/ui/passkey-forms';
import { getSecondFactors } from '@/features/identity/second-factor/queries';
import {
  AuthenticatorApp,
  RecoveryCodeSection,
  SetUpFirst,
} from '@/features/identity/second-factor/ui/second-factor-forms';
import {
  addOwnPasskeyAction,
  beginOwnPasskeyAction,
  beginOwnTotpAction,
  confirmOwnTotpAction,
  removeOwnPasskeyAction,
  removeOwnTotpAction,
  renameOwnPasskeyAction,
  renewOwnRecoveryCodesAction,
} from '@/features/platform/account/actions';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { dayInUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Second factor' };

export default async function CompanySecondFactorPage() {
  const ctx = await platformPage('account:own', { beforeSecondFactor: true });
  const factors = await load(getSecondFactors(ctx));
  const hasAny = factors.hasTotp || factors.passkeys.length > 0;
  return (
    <>
      <PageHeader
        title="Second factor"
        description="Something that you have, besides the password that you know."
        {...(hasAny
          ? { breadcrumbs: [{ label: 'Your account', href: PLATFORM.account }, { label: 'Second factor' }] }
          : {})}
      />
      <div className="grid gap-8">
        {hasAny ? null : (
          <SetUpFirst>
            From here all customers can be reached, so a password alone opens nothing. It takes two minutes,
            with an app on your phone or with a passkey of this device.
          </SetUpFirst>
        )}
        <SettingsSection
          title="Authenticator app"
          description="An app on your phone that shows six digits, such as Aegis, Google Authenticator or 1Password."
        >
          <AuthenticatorApp
            hasTotp={factors.hasTotp}
            actions={{
              begin: beginOwnTotpAction,
              confirm: confirmOwnTotpAction,
              remove: removeOwnTotpAction,
            }}
            onlyFactor="The last second factor cannot be removed; add another one first."
          />
        </SettingsSection>
        <SettingsSection
          title="Passkeys"
          description="Your finger, your face or a security key. A passkey also works instead of the password."
        >
          <Passkeys
            passkeys={factors.passkeys.map(({ id, name, createdAt }) => ({
              id,
              name,
              added: dayInUtc(createdAt),
            }))}
            actions={{
              begin: beginOwnPasskeyAction,
              add: addOwnPasskeyAction,
              rename: renameOwnPasskeyAction,
              remove: removeOwnPasskeyAction,
            }}
          />
        </SettingsSection>
        {hasAny ? (
          <SettingsSection
            title="Recovery codes"
            description="For the day on which your phone is lost. Each works once."
          >
            <RecoveryCodeSection left={factors.recoveryCodesLeft} renew={renewOwnRecoveryCodesAction} />
          </SettingsSection>
        ) : null}
      </div>
    </>
  );
}
