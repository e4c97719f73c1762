'use client';

import { Icon } from '@/components/ui/icon';
import { remember } from '../ui/theme';

/** Makes the side narrow or wide, and remembers it. */
export function NavigationToggle() {
  const toggle = () => {
    const root = document.documentElement;
    const next = root.dataset.navigation === 'narrow' ? 'wide' : 'narrow';
    root.dataset.navigation = next;
    remember('navigation', next);
  };
  return (
    <button
      type="button"
      title="Narrow or widen the navigation"
      onClick={toggle}
      className="flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-sm text-text-subtle hover:bg-surface-hover hover:text-text nav-narrow:justify-center nav-narrow:px-0"
    >
      <Icon of="panel-left" className="size-4.5 shrink-0" />
      <span className="nav-narrow:hidden">Collapse</span>
      <span className="hidden nav-narrow:inline nav-narrow:sr-only">Expand</span>
      <span className="sr-only">navigation</span>
    </button>
  );
}
