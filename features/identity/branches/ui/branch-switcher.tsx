'use client';
import { Icon } from '@/components/ui/icon';
import { MenuOpener } from '@/components/ui/menu-button';
import { partOf } from '@/components/ui/part';
import type { NamedBranch } from './branch-field';

const menu = partOf(() => import('./branch-menu').then((file) => file.BranchMenu));

/** Where this person works now, and the way to the other branches that they may work at. */
export function BranchSwitcher(given: { here: NamedBranch; branches: readonly NamedBranch[] }) {
  const { name } = given.here;
  return (
    <MenuOpener label={`Branch: ${name}`} menu={menu} given={given} variant="ghost">
      <Icon of="map-pin" />
      <span className="max-w-36 truncate max-sm:sr-only">{name}</span>
      <Icon of="chevrons-up-down" className="max-sm:hidden" />
    </MenuOpener>
  );
}
