'use client';

import { paths } from '@/lib/paths';
import { leaveSafely } from '../forms/unsaved-changes';
import { Icon, type LucideName } from '../ui/icon';
import type { MenuState } from '../ui/menu-button';
import { MenuPanel } from '../ui/menu-panel';
import { toast } from '../ui/toast';

/** Other places to work at. The page starts over there: nothing of the former stays on screen. */
export function PlacesMenu({
  title,
  icon,
  places,
  go,
  ...menu
}: MenuState & {
  title: string;
  icon: LucideName;
  places: readonly { id: string; name: string }[];
  /** Answers why not. */
  go: (id: string) => Promise<string | undefined>;
}) {
  const leaveFor = async (id: string) => {
    const refusal = await go(id);
    if (refusal) toast.error(refusal);
    else window.location.assign(paths.today);
  };
  const items = places.map(({ id, name }) => ({
    label: name,
    icon: <Icon of={icon} />,
    onSelect: () => leaveSafely(() => void leaveFor(id)),
  }));
  return <MenuPanel {...menu} items={[{ type: 'label', label: title }, ...items]} />;
}
