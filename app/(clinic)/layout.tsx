import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { clinicNavigation } from '@/components/layout/clinic-navigation';
import { HelpLink } from '@/components/layout/help-link';
import { Alert } from '@/components/ui/alert';
import Link from '@/components/ui/link';
import { PURPOSE_SENTENCE } from '@/features/fleet/demos/policy';
import { IdleGuard } from '@/features/identity/account/ui/idle-guard';
import { BranchSwitcher } from '@/features/identity/branches/ui/branch-switcher';
import { listPlaces } from '@/features/identity/memberships/queries';
import { SignInAgain } from '@/features/identity/sign-in/ui/sign-in-again';
import { currentVersions } from '@/features/subscription/agreements/documents';
import { AGREEMENT_LABEL, dueOf, versionsOf } from '@/features/subscription/agreements/policy';
import { PLANS } from '@/features/subscription/billing/plans';
import { listShown } from '@/features/support/announcements/queries';
import { AnnouncementBanner } from '@/features/support/announcements/ui/banner';
import { listChanges } from '@/features/support/help/changes';
import { newSince } from '@/features/support/help/policy';
import { SupportBanner } from '@/features/support/support-access/ui/support-banner';
import { failPage } from '@/lib/actions/failure';
import { accessAllows } from '@/lib/auth/permissions';
import { getPrincipal, placeOf, type StaffPrincipal, type SupportSession } from '@/lib/auth/principal';
import { supportCan } from '@/lib/auth/support';
import { branchesOf, ownBranches } from '@/lib/branches';
import { closedReason, pastDueNotice, readOnlyReason } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';
import { dayOf, formatDay, formatInstant } from '@/lib/time';
import { UserMenu } from '../_shell/user-menu';
import { OrganizationSwitcher } from './_shell/organization-switcher';

/**
 * The frame only. Each page passes its own gate: a layout does not run again on navigation and never for an
 * action.
 */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const principal = await getPrincipal().catch(failPage);
  if (principal?.kind === 'platform' && principal.support) {
    return (
      <SupportShell support={principal.support} name={principal.name} email={principal.email}>
        <IdleGuard idleMinutes={principal.idleMinutes} place={placeOf(principal)} />
        <SignInAgain name={principal.name} email={principal.email} place={placeOf(principal)} />
        {children}
      </SupportShell>
    );
  }
  // The company's people have pages of their own.
  if (principal?.kind === 'platform') redirect(paths.platform);
  if (principal?.kind !== 'staff') return children;
  const { sections, mobile, actions } = clinicNavigation(principal.role, (permission) =>
    accessAllows(principal, permission),
  );
  const places = principal.hasOtherPlaces ? await listPlaces(principal.userId).catch(failPage) : [];
  const organizationId = principal.organization._id.toString();
  const own = ownBranches(branchesOf(principal.organization.branches), principal.branchIds).map(
    ({ id, name }) => ({ id, name }),
  );
  const here = own.find(({ id }) => id === principal.branchId) ?? own[0];
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
      userMenu={
        <UserMenu
          person={{
            name: principal.name,
            email: principal.email,
            role: principal.customRole?.name ?? principal.role,
          }}
          accountHref={paths.account}
          isMember
        />
      }
      patientSearch={accessAllows(principal, 'patients:read') ? paths.patientSearch : null}
      help={<Help news={newSince(listChanges(), principal.changesSeenOn).length} />}
      topBar={
        <>
          {own.length > 1 && here ? <BranchSwitcher here={here} branches={own} /> : null}
          {places.length > 1 ? <OrganizationSwitcher current={organizationId} places={places} /> : null}
        </>
      }
      banner={
        <>
          {announcements.map((one) => (
            <AnnouncementBanner key={one.id} announcement={one} />
          ))}
          <Banner principal={principal} />
        </>
      }
    >
      <IdleGuard idleMinutes={principal.idleMinutes} place={placeOf(principal)} />
      <SignInAgain name={principal.name} email={principal.email} place={placeOf(principal)} />
      {children}
    </AppShell>
  );
}

/** What nobody works in for real says so where others name their plan. */
const hintOf = ({ purpose = 'customer', plan }: StaffPrincipal['organization']): string =>
  purpose === 'customer' ? `${PLANS[plan].name} plan` : PURPOSE_SENTENCE[purpose];

/**
 * The workspace as support sees it: never without the line that says who is looking, until when, and how to
 * leave.
 */
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
      help={<HelpLink />}
      userMenu={<UserMenu person={{ name, email, role: 'Support' }} />}
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

/** What explains the page, and, while there are some, the news that this person has not read. */
function Help({ news }: { news: number }) {
  return (
    <>
      {news > 0 ? (
        <Link
          href={paths.whatsNew}
          className="rounded-full bg-accent-soft px-2.5 py-1 font-medium text-accent text-xs max-md:hidden"
        >
          What’s new
        </Link>
      ) : null}
      <HelpLink />
    </>
  );
}

function Banner({ principal }: { principal: StaffPrincipal }) {
  const { status } = principal.organization;
  const closed = closedReason(principal.organization);
  if (closed) {
    return (
      <Alert tone="danger" className="no-print rounded-none border-x-0 border-t-0">
        {closed.title}. {closed.reason}
      </Alert>
    );
  }
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
  const { purpose = 'customer' } = principal.organization;
  if (isPayer && principal.isEmailVerified && purpose === 'customer') {
    const due = dueOf(currentVersions(), versionsOf(principal.organization));
    if (due.length > 0)
      return (
        <Alert
          tone="info"
          className="no-print rounded-none border-x-0 border-t-0"
          action={
            <Link href={paths.agreements} className="font-medium text-text underline underline-offset-2">
              Read and accept
            </Link>
          }
        >
          There is a new version: {due.map((name) => AGREEMENT_LABEL[name]).join(', ')}.
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
