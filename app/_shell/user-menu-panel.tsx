'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { leaveSafely } from '@/components/forms/unsaved-changes';
import { openShortcuts } from '@/components/layout/shortcuts';
import { Icon } from '@/components/ui/icon';
import { later } from '@/components/ui/later';
import type { MenuItem, MenuState } from '@/components/ui/menu-button';
import { MenuPanel } from '@/components/ui/menu-panel';
import { applyTheme, chosenTheme, isTheme, type Theme } from '@/components/ui/theme';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import type { UserMenuProps } from './user-menu';

// Fetched when somebody gives it.
const FeedbackDialog = later(() =>
  import('@/features/support/feedback/ui/feedback-dialog').then((file) => file.FeedbackDialog),
);

/** What the menu of the person offers. */
export function UserMenuPanel({
  person,
  accountHref,
  isMember = false,
  signIn = paths.login,
  ...menu
}: MenuState & UserMenuProps) {
  const [theme, setTheme] = useState<Theme>('system');
  const [isGivingFeedback, setGivingFeedback] = useState(false);
  const pathname = usePathname();
  useEffect(() => {
    if (menu.open) setTheme(chosenTheme());
  }, [menu.open]);
  const items: MenuItem[] = [
    { type: 'label', label: person.name, description: `${person.role} · ${person.email}` },
    { type: 'separator' },
    ...(accountHref
      ? ([
          { type: 'link', label: 'Your account', href: accountHref, icon: <Icon of="user-round" /> },
        ] as const)
      : []),
    {
      type: 'radio',
      label: 'Theme',
      value: theme,
      options: [
        { value: 'system', label: 'Like this device' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ],
      onChange: (value) => {
        if (!isTheme(value)) return;
        applyTheme(value);
        setTheme(value);
      },
    },
    { type: 'separator' },
    {
      type: 'command',
      label: 'Keyboard shortcuts',
      icon: <Icon of="keyboard" />,
      onSelect: openShortcuts,
    },
    ...(isMember
      ? ([
          {
            type: 'link',
            label: 'What’s new',
            href: paths.whatsNew,
            icon: <Icon of="sparkles" />,
          },
          {
            type: 'command',
            label: 'Give feedback',
            icon: <Icon of="message-square" />,
            onSelect: () => setGivingFeedback(true),
          },
          {
            type: 'command',
            label: 'Switch user',
            icon: <Icon of="users-round" />,
            onSelect: () => leaveSafely(switchUser),
          },
        ] as const)
      : []),
    {
      type: 'command',
      label: 'Sign out',
      icon: <Icon of="log-out" />,
      onSelect: () => leaveSafely(() => signOut(signIn)),
    },
  ];
  return (
    <>
      <MenuPanel {...menu} items={items} />
      {isGivingFeedback ? <FeedbackDialog page={pathname} onClose={() => setGivingFeedback(false)} /> : null}
    </>
  );
}

/** Locks the session for its person to come back to. */
async function switchUser() {
  try {
    // Only who switches pays for this code.
    const { switchUserAction } = await import('@/features/identity/shared-computer/actions');
    const refusal = await runAction(switchUserAction, {});
    if (refusal) toast.error(refusal);
    else window.location.assign(paths.switchUser);
  } catch {
    toast.error('Switching did not work. Check the connection and try again.');
  }
}

async function signOut(callbackUrl: string) {
  try {
    // Only who signs out pays for this code.
    const { signOut: leave } = await import('next-auth/react');
    await leave({ callbackUrl });
  } catch {
    toast.error('Signing out did not work. Check the connection and try again.');
  }
}
