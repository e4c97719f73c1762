'use client';

import { Menu } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { isCurrent } from './navigation';

const MobileSheet = dynamic(() => import('./mobile-sheet').then((module) => module.MobileSheet), {
  ssr: false,
});

/** The last place of the bottom bar: everything else, from below. */
export function MobileMenu({
  title,
  hrefs,
  children,
}: {
  title: string;
  hrefs: readonly string[];
  children: ReactNode;
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
        <Menu aria-hidden="true" className="size-5" />
        Menu
      </button>
      {isNeeded ? (
        <MobileSheet open={isOpen} onOpenChange={setOpen} title={title}>
          {children}
        </MobileSheet>
      ) : null}
    </>
  );
}
