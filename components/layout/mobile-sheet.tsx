'use client';

import { Dialog, SheetContent } from '../ui/dialog';
import { NavList } from './nav-list';
import type { NavigationSection } from './navigation';

/** Fetched when the menu is first opened. */
export function MobileSheet({
  open,
  onOpenChange,
  title,
  sections,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  sections: readonly NavigationSection[];
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <SheetContent side="bottom" title={title}>
        <nav aria-label="All pages">
          <NavList sections={sections} />
        </nav>
      </SheetContent>
    </Dialog>
  );
}
