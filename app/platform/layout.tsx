import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AppShell, type NavigationItem } from '@/components/layout/app-shell';
import { IdleGuard } from '@/features/identity/account/ui/idle-guard';
import { SignInAgain } from '@/features/identity/sign-in/ui/sign-in-again';
import { failPage } from '@/lib/actions/failure';
import { getPrincipal, placeOf } from '@/lib/auth/principal';
import { PLATFORM } from '@/lib/paths';
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
    label: 'Records',
    items: [{ href: PLATFORM.audit, label: 'Audit', icon: 'audit' } satisfies NavigationItem],
  },
];

/** The frame only; each page passes its own gate, and for everybody else there is no frame either. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  const principal = await getPrincipal().catch(failPage);
  if (principal?.kind !== 'platform') return children;
  return (
    <AppShell
      navigation={NAVIGATION}
      mobileItems={MOST_USED}
      organization={{ name: 'Chakravue', hint: 'Platform' }}
      homeHref={PLATFORM.overview}
      userMenu={<UserMenu person={{ name: principal.name, email: principal.email, role: 'Super-admin' }} />}
      patientSearch={null}
    >
      <IdleGuard idleMinutes={principal.idleMinutes} place={placeOf(principal)} />
      <SignInAgain name={principal.name} email={principal.email} place={placeOf(principal)} />
      {children}
    </AppShell>
  );
}
