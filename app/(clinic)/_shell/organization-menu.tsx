'use client';
import { runAction } from '@/components/forms/run-action';
import { PlacesMenu } from '@/components/layout/places-menu';
import type { MenuState } from '@/components/ui/menu-button';
import { switchOrganizationAction } from '@/features/identity/memberships/actions';
import type { SwitchPlace } from './organization-switcher';

/** The other organizations of somebody who works for several. */
export const OrganizationMenu = ({
  current,
  places,
  ...menu
}: MenuState & { current: string; places: readonly SwitchPlace[] }) => (
  <PlacesMenu
    {...menu}
    title="Go to another organization"
    icon="building-complex"
    places={places
      .filter(({ organizationId }) => organizationId !== current)
      .map(({ organizationId, name }) => ({ id: organizationId, name }))}
    go={(organizationId) => runAction(switchOrganizationAction, { organizationId })}
  />
);
