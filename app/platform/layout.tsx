import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell, type NavigationItem } from '@/components/layout/app-shell';
import { MayProvider } from '@/components/layout/may';
import { IdleGuard } from '@/features/identity/account/ui/idle-guard';
import { SignInAgain } from '@/features/identity/sign-in/ui/sign-in-again';
import { countNewNotices } from '@/features/platform/notifications/queries';
import { NoticeBell } from '@/features/platform/notifications/ui/bell';
import { TEAM_ROLES } from '@/features/platform/team/policy';
import { failPage } from '@/lib/actions/failure';
import { PLATFORM_PERMISSIONS, type PlatformPermission, platformCan } from '@/lib/auth/platform-permissions';
import { getPrincipal, placeOf } from '@/lib/auth/principal';
import { PLATFORM, paths } from '@/lib/paths';
import { UserMenu } from '../_shell/user-menu';

export const metadata: Metadata = {
  title: { default: 'Platform', template: '%s · Chakravue platform' },
  robots: { index: false },
};

const MOST_USED: NavigationItem[] = [
  { href: PLATFORM.overview, label: 'Overview', icon: 'overview', exact: true },
  { href: PLATFORM.organizations, label: 'Organizations', icon: 'organizations' },
  { href: PLATFORM.databases, label: 'Databases', icon: 'databases' },
  { href: PLATFORM.events, label: 'Events', icon: 'events' },
];
/** What each page needs; a page that the role does not open is not in the menu. */
const NEEDS: Record<string, PlatformPermission> = {
  [PLATFORM.overview]: 'overview:read',
  [PLATFORM.organizations]: 'organizations:read',
  [PLATFORM.databases]: 'databases:read',
  [PLATFORM.events]: 'events:read',
  [PLATFORM.revenue]: 'revenue:read',
  [PLATFORM.tickets]: 'tickets:read',
  [PLATFORM.mails]: 'mails:read',
  [PLATFORM.usage]: 'usage:read',
  [PLATFORM.feedback]: 'feedback:read',
  [PLATFORM.announcements]: 'announcements:read',
  [PLATFORM.status]: 'status:read',
  [PLATFORM.team]: 'team:read',
  [PLATFORM.audit]: 'audit:read',
};

const NAVIGATION = [
  { items: MOST_USED },
  {
    label: 'Money',
    items: [{ href: PLATFORM.revenue, label: 'Revenue', icon: 'revenue' } satisfies NavigationItem],
  },
  {
    label: 'Customers',
    items: [
      { href: PLATFORM.tickets, label: 'Tickets', icon: 'tickets' } satisfies NavigationItem,
      { href: PLATFORM.mails, label: 'Mails', icon: 'feedback' } satisfies NavigationItem,
      { href: PLATFORM.usage, label: 'Usage', icon: 'usage' } satisfies NavigationItem,
      { href: PLATFORM.feedback, label: 'Feedback', icon: 'feedback' } satisfies NavigationItem,
      {
        href: PLATFORM.announcements,
        label: 'Announcements',
        icon: 'announcements',
      } satisfies NavigationItem,
      { href: PLATFORM.status, label: 'Status page', icon: 'activity' } satisfies NavigationItem,
    ],
  },
  {
    label: 'Company',
    items: [
      { href: PLATFORM.team, label: 'Team', icon: 'staff' } satisfies NavigationItem,
      { href: PLATFORM.audit, label: 'Audit', icon: 'audit' } satisfies NavigationItem,
    ],
  },
];

/** The frame only; each page passes its own gate, and for everybody else there is no frame either. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  const principal = await getPrincipal().catch(failPage);
  // Who is signed in elsewhere is told that there is nothing; who is not signed in may be one of the company.
  if (!principal) {
    const wanted = (await headers()).get('x-path') ?? paths.platform;
    redirect(`${paths.platformLogin}?next=${encodeURIComponent(wanted)}`);
  }
  if (principal.kind !== 'platform') return children;
  // Before a second factor there is nothing to go to but the page where it is set up.
  const can = (permission: PlatformPermission) =>
    !principal.mustSetUpSecondFactor && platformCan(principal.role, permission);
  const open = (items: NavigationItem[]) => items.filter(({ href }) => can(NEEDS[href] ?? 'overview:read'));
  return (
    <AppShell
      navigation={NAVIGATION.map((section) => ({ ...section, items: open(section.items) })).filter(
        ({ items }) => items.length > 0,
      )}
      mobileItems={open(MOST_USED)}
      organization={{ name: 'Chakravue', hint: 'Platform' }}
      homeHref={PLATFORM.overview}
      userMenu={
        <UserMenu
          person={{
            name: principal.name,
            email: principal.email,
            role: TEAM_ROLES[principal.role].label,
          }}
          accountHref={principal.mustSetUpSecondFactor ? PLATFORM.secondFactorSetup : PLATFORM.account}
          signIn={paths.platformLogin}
        />
      }
      topBar={can('account:own') ? <NoticeBell count={await countNewNotices(principal.userId)} /> : null}
      patientSearch={null}
      recordSearch={
        can('organizations:read')
          ? { address: paths.platformSearch, label: 'Search customers and pages' }
          : null
      }
    >
      <IdleGuard
        idleMinutes={principal.idleMinutes}
        place={placeOf(principal)}
        signIn={paths.platformLogin}
      />
      <SignInAgain name={principal.name} email={principal.email} place={placeOf(principal)} />
      <MayProvider permissions={PLATFORM_PERMISSIONS.filter(can)}>{children}</MayProvider>
    </AppShell>
  );
}
