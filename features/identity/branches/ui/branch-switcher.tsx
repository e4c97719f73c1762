'use client';
import { useTransition } from 'react';
import { runAction } from '@/components/forms/run-action';
import { leaveSafely } from '@/components/forms/unsaved-changes';
import { ChevronsUpDown, MapPin } from '@/components/ui/icons';
import { MenuButton, type MenuItem } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { chooseBranchAction } from '../actions';
import type { NamedBranch } from './branch-field';

/** Where this person works now, and the way to the other branches that they may work at. */
export function BranchSwitcher({ here, branches }: { here: NamedBranch; branches: readonly NamedBranch[] }) {
  const [pending, start] = useTransition();
  const go = (branchId: string) =>
    start(async () => {
      const refusal = await runAction(chooseBranchAction, { branchId });
      if (refusal) toast.error(refusal);
      // Every list on the page was the other branch's.
      else window.location.assign(paths.today);
    });
  const items: MenuItem[] = [
    { type: 'label', label: 'Work at another branch' },
    ...branches
      .filter(({ id }) => id !== here.id)
      .map(
        ({ id, name }): MenuItem => ({
          type: 'command',
          label: name,
          icon: <MapPin aria-hidden="true" />,
          onSelect: () => leaveSafely(() => go(id)),
        }),
      ),
  ];
  return (
    <MenuButton label={`Branch: ${here.name}`} items={items} variant="ghost" disabled={pending}>
      <MapPin aria-hidden="true" />
      <span className="max-w-36 truncate max-sm:sr-only">{here.name}</span>
      <ChevronsUpDown aria-hidden="true" className="max-sm:hidden" />
    </MenuButton>
  );
}
