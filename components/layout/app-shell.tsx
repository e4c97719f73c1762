'use client';

import { Activity, type ReactNode, useEffect } from 'react';
import { later } from '@/components/ui/later';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { warmPress } from '../forms/run-action';
import { ThemeToggle } from '../ui/theme-toggle';
import { LogoMark } from './logo';
import { MobileMenu } from './mobile-navigation';
import { NavIcon } from './nav-icon';
import { NavLink } from './nav-link';
import { NavList } from './nav-list';
import type { NavigationItem, NavigationSection } from './navigation';
import { NavigationToggle } from './navigation-toggle';
import { ShellSearch } from './shell-search';

export type { NavigationItem } from './navigation';

// What works unseen begins when the page has settled.
const KeepPlace = later(() => import('./keep-place').then((file) => file.KeepPlace), { isAwaited: false });
const ShortcutKeys = later(() => import('./shortcut-keys').then((file) => file.ShortcutKeys), {
  isAwaited: false,
});

export type AppShellProps = {
  navigation: readonly NavigationSection[];
  /** The four places this person goes to most: the bottom bar of a phone. */
  mobileItems: readonly NavigationItem[];
  /** The name at the top of the side: the organization's, or the platform's. */
  organization: { name: string; hint?: string };
  homeHref: string;
  /** What can be started from anywhere, in the palette. */
  actions?: readonly NavigationItem[];
  /** Where the palette finds patients; null where there are none. */
  patientSearch?: string | null;
  /** Where the palette finds other records; see CommandPalette. */
  recordSearch?: { address: string; label: string } | null;
  /** Above every page: read-only, past due, support is looking. */
  banner?: ReactNode;
  /** Left in the top bar: a switcher of organizations, what is waiting now. */
  topBar?: ReactNode;
  /** Right in the top bar: what explains the page, what is new. */
  help?: ReactNode;
  /** Last in the top bar: who is signed in, and the way out. */
  userMenu: ReactNode;
  children: ReactNode;
};

/**
 * The frame of everything behind the sign-in: side, top bar, bottom bar on a phone, and the page. It is the
 * browser's too, so that the navigation is sent once, as a short list, and not as what is drawn of it. Its
 * parts wake up apart: a touch on the page does not wait for them (decision 63).
 */
export function AppShell({
  navigation,
  mobileItems,
  organization,
  homeHref,
  actions = [],
  patientSearch = paths.patientSearch,
  recordSearch = null,
  banner,
  topBar,
  help,
  userMenu,
  children,
}: AppShellProps) {
  useEffect(warmPress, []);
  const pages = navigation.flatMap((section) => section.items);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[auto_minmax(0,1fr)]">
      <KeepPlace />
      <ShortcutKeys pages={pages} />
      <aside
        data-shell=""
        className="sticky top-0 z-30 flex h-dvh w-60 flex-col border-border border-r bg-surface-raised nav-narrow:w-16 max-lg:hidden"
      >
        <Link
          href={homeHref}
          className="flex h-(--shell-top) shrink-0 items-center gap-2.5 border-border border-b px-4 nav-narrow:justify-center nav-narrow:px-0"
        >
          <LogoMark />
          <span className="min-w-0 nav-narrow:sr-only">
            <span className="block truncate font-semibold text-sm text-text leading-tight">
              {organization.name}
            </span>
            <span className="block truncate text-text-subtle text-xs">
              {organization.hint ?? 'Chakravue'}
            </span>
          </span>
        </Link>
        <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto p-3">
          <Activity>
            <NavList sections={navigation} narrowable />
          </Activity>
        </nav>
        <div className="border-border border-t p-3">
          <NavigationToggle />
        </div>
      </aside>

      <div className="flex min-h-dvh min-w-0 flex-col">
        <header
          data-shell=""
          className="sticky top-0 z-30 flex h-(--shell-top) items-center gap-2 border-border border-b bg-surface-raised px-3 sm:px-5"
        >
          <Link href={homeHref} className="flex min-w-0 items-center gap-2.5 lg:hidden">
            <LogoMark />
            <span className="truncate font-semibold text-sm text-text">{organization.name}</span>
          </Link>
          <div className="max-lg:ml-auto">
            <Activity>
              <ShellSearch
                pages={pages}
                actions={actions}
                patientSearch={patientSearch}
                recordSearch={recordSearch}
              />
            </Activity>
          </div>
          <div className="ml-auto flex items-center gap-1 max-lg:ml-0">
            <Activity>
              {topBar}
              {help}
              <ThemeToggle className="max-sm:hidden" />
              {userMenu}
            </Activity>
          </div>
        </header>
        {banner ? (
          <section
            aria-label="Notice"
            className="empty:hidden has-data-pinned:sticky has-data-pinned:top-(--shell-top) has-data-pinned:z-20"
          >
            {banner}
          </section>
        ) : null}
        <main
          id="main"
          tabIndex={-1}
          data-shell-main=""
          className="mx-auto w-full max-w-[90rem] flex-1 px-4 py-6 pb-24 focus:outline-none sm:px-6 lg:px-8 lg:pb-10"
        >
          <Activity>{children}</Activity>
        </main>
      </div>

      <nav
        aria-label="Shortcuts"
        data-shell=""
        className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(3.75rem+env(safe-area-inset-bottom))] border-border border-t bg-surface-raised pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        <Activity>
          {mobileItems.slice(0, 4).map((item) => (
            <NavLink
              key={item.href}
              href={item.href}
              {...(item.exact ? { exact: true } : {})}
              className="flex flex-1 flex-col items-center justify-center gap-1 text-[0.6875rem] text-text-subtle focus-visible:-outline-offset-2 aria-[current=page]:font-medium aria-[current=page]:text-accent"
            >
              <NavIcon name={item.icon} className="size-5" />
              <span className="max-w-full truncate px-1">{item.label}</span>
            </NavLink>
          ))}
          <MobileMenu
            title={organization.name}
            hrefs={mobileItems.slice(0, 4).map((item) => item.href)}
            sections={navigation}
          />
        </Activity>
      </nav>
    </div>
  );
}
