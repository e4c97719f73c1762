'use client';
import { runAction } from '@/components/forms/run-action';
import { leaveSafely } from '@/components/forms/unsaved-changes';
import { Icon } from '@/components/ui/icon';
import type { MenuState } from '@/components/ui/menu-button';
import { MenuPanel } from '@/components/ui/menu-panel';
import { toast } from '@/components/ui/toast';
import { switchOrganizationAction } from '@/features/identity/memberships/actions';
import { paths } from '@/lib/paths';
import type { SwitchPlace } from './organization-switcher';

/**
 * The other organizations of who works for several. The page starts over, so nothing of the former stays on
 * screen.
 */
export function OrganizationMenu({
  current,
  places,
  ...menu
}: MenuState & { current: string; places: readonly SwitchPlace[] }) {
  const go = async (organizationId: string) => {
    const refusal = await runAction(switchOrganizationAction, { organizationId });
    if (refusal) toast.error(refusal);
    else window.location.assign(paths.today);
  };
  const others = places
    .filter(({ organizationId }) => organizationId !== current)
    .map(({ organizationId, name }) => ({
      label: name,
      icon: <Icon of="building-complex" />,
      onSelect: () => leaveSafely(() => void go(organizationId)),
    }));
  return <MenuPanel {...menu} items={[{ type: 'label', label: 'Go to another organization' }, ...others]} />;
}
