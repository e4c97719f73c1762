'use client';

import { Avatar } from '@/components/ui/avatar';
import { MenuOpener } from '@/components/ui/menu-button';
import { partOf } from '@/components/ui/part';

const panel = partOf(() => import('./user-menu-panel').then((file) => file.UserMenuPanel));

export type UserMenuProps = {
  person: { name: string; email: string; role: string };
  accountHref?: string;
  /** Of a hospital: may give feedback, and leave the computer to a colleague. */
  isMember?: boolean;
  /** Where this person signs in, and lands after signing out. */
  signIn?: string;
};

/** Who is signed in, the theme, and the way out. */
export function UserMenu(props: UserMenuProps) {
  const { name, role } = props.person;
  return (
    <MenuOpener
      label={`${name} ${role}, your menu`}
      menu={panel}
      given={props}
      variant="ghost"
      className="h-10 px-1.5 lg:pr-3"
    >
      <Avatar name={name} />
      <span className="grid text-left leading-tight max-lg:hidden">
        <span className="max-w-40 truncate text-[0.8125rem] text-text">{name}</span>
        <span className="font-normal text-text-subtle text-xs">{role}</span>
      </span>
    </MenuOpener>
  );
}
