import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { isEmailVerified, listSessions } from '@/features/identity/account/queries';
import {
  ConfirmAddress,
  EmailForm,
  NameForm,
  PasswordForm,
  SessionList,
} from '@/features/identity/account/ui/account-forms';
import { ThemeChoice } from '@/features/identity/account/ui/theme-choice';
import { LeaveOrganization } from '@/features/identity/memberships/ui/leave-organization';
import { hasPin } from '@/features/identity/shared-computer/queries';
import { PinForm } from '@/features/identity/shared-computer/ui/pin-forms';
import { load, staffPage } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, timeOf } from '@/lib/time';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const ctx = await staffPage('today:read');
  const [isVerified, isPinSet] = await load(Promise.all([isEmailVerified(ctx), hasPin(ctx)]));
  const { name, email } = ctx.actor.kind === 'staff' ? ctx.actor : { name: '', email: '' };
  return (
    <>
      <PageHeader title="Your account" description={`You sign in with ${email}.`} />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-8">
          {isVerified ? null : <ConfirmAddress email={email} />}
          <SettingsSection title="Name" description="As your colleagues and your patients see it.">
            <NameForm name={name} />
          </SettingsSection>
          <SettingsSection title="E-mail" description={`You sign in with ${email}.`}>
            <EmailForm />
          </SettingsSection>
          <SettingsSection title="Password" description="Changing it ends your sessions on other devices.">
            <PasswordForm email={email} />
          </SettingsSection>
          {isVerified ? (
            <SettingsSection
              title="PIN for shared computers"
              description="Choose Switch user in your menu when you leave a computer that others use too. With these digits you come back to where you were; after 12 hours you sign in again."
            >
              <PinForm isSet={isPinSet} />
            </SettingsSection>
          ) : null}
          <SettingsSection
            title="Sessions"
            description="Where you are signed in. End what you do not recognise, then change your password."
          >
            <Suspense fallback={<Skeleton className="h-24" />}>
              <Sessions ctx={ctx} />
            </Suspense>
          </SettingsSection>
          <SettingsSection title="Appearance" description="Kept on this device.">
            <ThemeChoice />
          </SettingsSection>
          <SettingsSection
            title="Leave"
            description={`Ends your work at ${ctx.organization.name}; your work elsewhere goes on.`}
          >
            <LeaveOrganization name={ctx.organization.name} />
          </SettingsSection>
        </div>
      </SettingsFrame>
    </>
  );
}

async function Sessions({ ctx }: { ctx: TenantContext }) {
  const principal = await load(getPrincipal());
  const sessions = await load(listSessions(ctx, principal?.sessionId ?? ''));
  const rows = sessions.map((session) => {
    const started = new Date(session.startedAt);
    return {
      ...session,
      started: `${formatDay(dayOf(started, ctx.timeZone))}, ${timeOf(started, ctx.timeZone)}`,
    };
  });
  return <SessionList sessions={rows} />;
}
