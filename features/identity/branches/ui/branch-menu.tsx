'use client';
import { runAction } from '@/components/forms/run-action';
import { PlacesMenu } from '@/components/layout/places-menu';
import type { MenuState } from '@/components/ui/menu-button';
import { chooseBranchAction } from '../actions';
import type { NamedBranch } from './branch-field';

/** The other branches that this person may work at: every list of the page is this branch's. */
export const BranchMenu = ({
  here,
  branches,
  ...menu
}: MenuState & { here: NamedBranch; branches: readonly NamedBranch[] }) => (
  <PlacesMenu
    {...menu}
    title="Work at another branch"
    icon="map-pin"
    places={branches.filter(({ id }) => id !== here.id)}
    go={(branchId) => runAction(chooseBranchAction, { branchId })}
  />
);
