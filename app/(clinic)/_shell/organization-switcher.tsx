'use client';
import { Icon } from '@/components/ui/icon';
import { MenuOpener } from '@/components/ui/menu-button';
import { partOf } from '@/components/ui/part';

const menu = partOf(() => import('./organization-menu').then((file) => file.OrganizationMenu));

export type SwitchPlace = { organizationId: string; name: string };

/** For people who work for several organizations. */
export function OrganizationSwitcher(given: { current: string; places: readonly SwitchPlace[] }) {
  return (
    <MenuOpener label="Switch organization" menu={menu} given={given} variant="ghost" size="icon">
      <Icon of="chevrons-up-down" />
    </MenuOpener>
  );
}
