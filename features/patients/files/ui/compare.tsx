'use client';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import type { Compared } from './compare-panes';

const ComparePanes = laterContent(() => import('./compare-panes').then((file) => file.ComparePanes));

/**
 * Two images side by side: then and now, or right and left. Zoom, place and brightness are those of both, so
 * that what differs is in the eye and not in how it is looked at. On a phone one above the other.
 */
export function Compare({
  file,
  images,
  children,
}: {
  file: Compared;
  /** All images of the patient. */
  images: readonly Compared[];
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <ComparePanes {...{ file, images, isOpen }} />
    </Dialog>
  );
}
