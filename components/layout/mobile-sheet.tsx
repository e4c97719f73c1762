'use client';

import type { ReactNode } from 'react';
import { Dialog, SheetContent } from '../ui/dialog';

/** Fetched when the menu is first opened. */
export function MobileSheet({
  open,
  onOpenChange,
  title,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <SheetContent side="bottom" title={title}>
        <nav aria-label="All pages">{children}</nav>
      </SheetContent>
    </Dialog>
  );
}
