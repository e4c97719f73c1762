import Link from 'next/link';
import type { ReactNode } from 'react';
import { IdleGuard } from '@/components/account/idle-guard';
import { AnnouncementBanner } from '@/components/announcements/banner';
import { AppShell } from '@/components/layout/app-shell';
import { clinicNavigation } from '@/components/layout/clinic-navigation';
import { OrganizationSwitcher } from '@/components/layout/organization-switcher';
import { SupportBanner } from '@/components/support-access/support-banner';
import { Alert } from '@/components/ui/alert';
import { failPage } from '@/lib/actions/failure';
import { accessAllows } from '@/lib/auth/permissions';
import { getPrincipal, type StaffPrincipal, type SupportSession } from '@/lib/auth/principal';
import { supportCan } from '@/lib/auth/support';
import { listShown } from '@/lib/features/announcements/queries';
import { PLANS } from '@/lib/features/billing/plans';
import { PURPOSE_SENTENCE } from '@/lib/features/demos/policy';
import { listPlaces } from '@/lib/features/memberships/queries';
import { pastDueNotice, readOnlyReason } from '@/lib/features/organizations/policy';
import { paths } from '@/lib/paths';
import { dayOf, formatDay, formatInstant } from '@/lib/time';

/** The frame only. Each page passes its own gate: a layout does not run again on navigation and never for an action. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const principal = await getPrincipal().catch(failPage);
  if (principal?.kind === 'platform' && principal.support) {
    return (
      <SupportShell support={principal.support} name={principal.name} email={principal.email}>
        {children}
      </SupportShell>
    );
  }
  if (principal?.kind !== 'staff') return children;
  const { sections, mobile, actions } = clinicNavigation(principal.role, (permission) =>
    accessAllows(principal, permission),
  );
  const places = await listPlaces(principal.userId).catch(failPage);
  const organizationId = principal.organization._id.toString();
  const announcements = await listShown({
    userId: principal.userId,
    organization: { id: organizationId, plan: principal.organization.plan },
  });
  return (
    <AppShell
      navigation={sections}
      mobileItems={mobile}
      actions={actions}
      organization={{
        name: principal.organization.organizationName,
        hint: hintOf(principal.organization),
      }}
      homeHref={paths.today}
      person={{
        name: principal.name,
        email: principal.email,
        role: principal.customRole?.name ?? principal.role,
      }}
      accountHref={paths.account}
      isMember
      patientSearch={accessAllows(principal, 'patients:read') ? '/api/search' : null}
      topBar={places.length > 1 ? <OrganizationSwitcher current={organizationId} places={places} /> : null}
      banner={
        <>
          {announcements.map((one) => (
            <AnnouncementBanner key={one.id} announcement={one} />
          ))}
          <Banner principal={principal} />
        </>
      }
    >
      <IdleGuard idleMinutes={principal.idleMinutes} place={`${organizationId} ${principal.userId}`} />
      {children}
    </AppShell>
  );
}

/** What nobody works in for real says so where others name their plan. */
const hintOf = ({ purpose = 'customer', plan }: StaffPrincipal['organization']): string =>
  purpose === 'customer' ? `${PLANS[plan].name} plan` : PURPOSE_SENTENCE[purpose];

/** The workspace as support sees it: never without the line that says who is looking, until when, and how to leave. */
function SupportShell({
  support,
  name,
  email,
  children,
}: {
  support: SupportSession;
  name: string;
  email: string;
  children: ReactNode;
}) {
  const { sections, mobile, actions } = clinicNavigation('admin', (permission) =>
    supportCan(support.scope, permission),
  );
  const { organizationName, timeZone } = support.organization;
  return (
    <AppShell
      navigation={sections}
      mobileItems={mobile}
      actions={support.scope === 'read-write' ? actions : []}
      organization={{ name: organizationName, hint: 'Support session' }}
      homeHref={paths.today}
      person={{ name, email, role: 'Support' }}
      banner={
        <SupportBanner
          name={name}
          organization={organizationName}
          until={formatInstant(support.until, timeZone)}
          isReadOnly={support.scope === 'read-only'}
        />
      }
    >
      {children}
    </AppShell>
  );
}

function Banner({ principal }: { principal: StaffPrincipal }) {
  const { status } = principal.organization;
  const isPayer = principal.role === 'owner';
  const billing = isPayer ? (
    <Link href={paths.billing} className="font-medium text-text underline underline-offset-2">
      Open billing
    </Link>
  ) : null;
  if (status === 'past_due') {
    return (
      <Alert tone="warning" className="no-print rounded-none border-x-0 border-t-0" action={billing}>
        {pastDueNotice(principal.organization)}{' '}
        {isPayer ? 'Please check the card.' : 'Your owner has been told.'}
      </Alert>
    );
  }
  if (status === 'read_only') {
    return (
      <Alert tone="danger" className="no-print rounded-none border-x-0 border-t-0" action={billing}>
        {readOnlyReason(principal.organization)}
      </Alert>
    );
  }
  if (status === 'offboarding') {
    return (
      <Alert tone="danger" className="no-print rounded-none border-x-0 border-t-0">
        This account is being closed. Records can be seen, printed and exported.
      </Alert>
    );
  }
  if (principal.organization.hold?.mode === 'read_only') {
    return (
      <Alert tone="warning" className="no-print rounded-none border-x-0 border-t-0">
        Your database is being moved or restored. For some minutes it can only be read.
      </Alert>
    );
  }
  if (principal.secondFactorDue && !principal.mustSetUpSecondFactor) {
    return (
      <Alert
        tone="warning"
        className="no-print rounded-none border-x-0 border-t-0"
        action={
          <Link href={paths.secondFactorSetup} className="font-medium text-text underline underline-offset-2">
            Set it up now
          </Link>
        }
      >
        From {formatDay(dayOf(principal.secondFactorDue, principal.organization.timeZone))} on, your
        organization asks everybody for a second factor.
      </Alert>
    );
  }
  if (!principal.isEmailVerified) {
    return (
      <Alert
        tone="info"
        className="no-print rounded-none border-x-0 border-t-0"
        action={
          <Link href={paths.account} className="font-medium text-text underline underline-offset-2">
            Send it again
          </Link>
        }
      >
        Please confirm your e-mail address with the link that we sent to {principal.email}.
      </Alert>
    );
  }
  return null;
}
