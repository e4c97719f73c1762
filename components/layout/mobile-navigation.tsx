'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { later } from '@/components/ui/later';
import { isCurrent, type NavigationSection } from './navigation';

const MobileSheet = later(() => import('./mobile-sheet').then((module) => module.MobileSheet));

/** The last place of the bottom bar: everything else, from below. */
export function MobileMenu({
  title,
  hrefs,
  sections,
}: {
  title: string;
  /** What stands beside it in the bar. */
  hrefs: readonly string[];
  sections: readonly NavigationSection[];
}) {
  const pathname = usePathname();
  const [isOpen, setOpen] = useState(false);
  const [isNeeded, setNeeded] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere closes the menu
  useEffect(() => setOpen(false), [pathname]);
  const isElsewhere = !hrefs.some((href) => isCurrent(pathname, { href }));
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-current={isElsewhere}
        onClick={() => {
          setNeeded(true);
          setOpen(true);
        }}
        className="flex flex-1 flex-col items-center justify-center gap-1 text-[0.6875rem] text-text-subtle data-[current=true]:font-medium data-[current=true]:text-accent"
      >
        <Icon of="menu" className="size-5" />
        Menu
      </button>
      {isNeeded ? (
        <MobileSheet open={isOpen} onOpenChange={setOpen} title={title} sections={sections} />
      ) : null}
    </>
  );
}
