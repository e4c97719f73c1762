'use client';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import type { FormOfDialog } from './form-dialog-content';

const LaterForm = laterContent(() => import('./form-dialog-content').then((file) => file.FormDialogContent));

/** A form above the page that adds one thing or changes one, and closes when that is saved. */
export function FormDialog<T>({
  trigger,
  ...form
}: FormOfDialog<T> & {
  /** What opens it. */
  trigger: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <LaterForm {...form} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
