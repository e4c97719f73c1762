'use client';
import { runAction } from '@/components/forms/run-action';
import { leaveSafely } from '@/components/forms/unsaved-changes';
import { Icon } from '@/components/ui/icon';
import type { MenuState } from '@/components/ui/menu-button';
import { MenuPanel } from '@/components/ui/menu-panel';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { chooseBranchAction } from '../actions';
import type { NamedBranch } from './branch-field';

/** The other branches that this person may work at. */
export function BranchMenu({
  here,
  branches,
  ...menu
}: MenuState & { here: NamedBranch; branches: readonly NamedBranch[] }) {
  const go = async (branchId: string) => {
    const refusal = await runAction(chooseBranchAction, { branchId });
    if (refusal) toast.error(refusal);
    // Every list on the page was the other branch's.
    else window.location.assign(paths.today);
  };
  const others = branches
    .filter(({ id }) => id !== here.id)
    .map(({ id, name }) => ({
      label: name,
      icon: <Icon of="map-pin" />,
      onSelect: () => leaveSafely(() => void go(id)),
    }));
  return <MenuPanel {...menu} items={[{ type: 'label', label: 'Work at another branch' }, ...others]} />;
}
