'use client';
import { useTransition } from 'react';
import { runAction } from '@/components/forms/run-action';
import { leaveSafely } from '@/components/forms/unsaved-changes';
import { Building2, ChevronsUpDown } from '@/components/ui/icons';
import { MenuButton, type MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import { switchOrganizationAction } from '@/features/identity/memberships/actions';
import { paths } from '@/lib/paths';

export type SwitchPlace = { organizationId: string; name: string };

/**
 * For people who work for several organizations. The page starts over, so nothing of the former stays on
 * screen.
 */
export function OrganizationSwitcher({
  current,
  places,
}: {
  current: string;
  places: readonly SwitchPlace[];
}) {
  const [pending, start] = useTransition();
  const go = (organizationId: string) =>
    start(async () => {
      const refusal = await runAction(switchOrganizationAction, { organizationId });
      if (refusal) toast.error(refusal);
      else window.location.assign(paths.today);
    });
  const items: MenuItem[] = [
    { type: 'label', label: 'Go to another organization' },
    ...places
      .filter(({ organizationId }) => organizationId !== current)
      .map(
        ({ organizationId, name }): MenuItem => ({
          type: 'command',
          label: name,
          icon: <Building2 aria-hidden="true" />,
          onSelect: () => leaveSafely(() => go(organizationId)),
        }),
      ),
  ];
  return (
    <MenuButton label="Switch organization" items={items} variant="ghost" size="icon" disabled={pending}>
      <ChevronsUpDown aria-hidden="true" />
    </MenuButton>
  );
}
