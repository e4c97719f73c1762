import type { Metadata } from 'next';
import { SettingsSection } from '@/components/layout/settings-section';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { listSessions } from '@/features/identity/account/queries';
import { EmailForm, NameForm, PasswordForm, SessionList } from '@/features/identity/account/ui/account-forms';
import { ThemeChoice } from '@/features/identity/account/ui/theme-choice';
import { getSecondFactors } from '@/features/identity/second-factor/queries';
import {
  changeOwnEmailAction,
  changeOwnPasswordAction,
  renameSelfAction,
  revokeOwnOtherSessionsAction,
  revokeOwnSessionAction,
} from '@/features/platform/account/actions';
import { LeaveTeam } from '@/features/platform/team/ui/leave-team';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { counted, inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Your account' };

export default async function CompanyAccountPage() {
  const ctx = await platformPage('account:own');
  const { name, email, sessionId = '' } = ctx.actor;
  const [sessions, factors] = await load(Promise.all([listSessions(ctx, sessionId), getSecondFactors(ctx)]));
  const ways = [
    ...(factors.hasTotp ? ['an authenticator app'] : []),
    ...(factors.passkeys.length > 0 ? [counted(factors.passkeys.length, 'passkey')] : []),
  ];
  return (
    <>
      <PageHeader title="Your account" description={`You sign in with ${email}.`} />
      <div className="grid gap-8">
        <SettingsSection title="Name" description="As your colleagues and customers see it.">
          <NameForm name={name} action={renameSelfAction} />
        </SettingsSection>
        <SettingsSection title="E-mail" description={`You sign in with ${email}.`}>
          <EmailForm action={changeOwnEmailAction} />
        </SettingsSection>
        <SettingsSection title="Password" description="Changing it ends your sessions on other devices.">
          <PasswordForm email={email} action={changeOwnPasswordAction} />
        </SettingsSection>
        <SettingsSection
          title="Second factor"
          description="Without one the company’s pages do not open. Two are safer than one."
        >
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p>
              You have {ways.join(' and ')}, and {counted(factors.recoveryCodesLeft, 'recovery code')}.
            </p>
            <Link href={PLATFORM.secondFactorSetup} className={buttonClass({ size: 'sm' })}>
              Change second factor
            </Link>
          </div>
        </SettingsSection>
        <SettingsSection
          title="Sessions"
          description="Where you are signed in. After 15 minutes without a deed, and after 12 hours in any case, you sign in again."
        >
          <SessionList
            sessions={sessions.map((session) => ({ ...session, started: inUtc(session.startedAt) }))}
            revoke={revokeOwnSessionAction}
            revokeOthers={revokeOwnOtherSessionsAction}
          />
        </SettingsSection>
        <SettingsSection title="Appearance" description="Kept on this device.">
          <ThemeChoice />
        </SettingsSection>
        <SettingsSection title="Leave" description="Ends your work on the company’s pages.">
          <LeaveTeam />
        </SettingsSection>
      </div>
    </>
  );
}
