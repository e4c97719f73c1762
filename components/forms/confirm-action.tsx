'use client';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import type { Question } from './confirm-question';

const LaterQuestion = laterContent(() => import('./confirm-question').then((file) => file.ConfirmQuestion));

/** Asks before something that cannot simply be taken back, with room for a reason. */
export function ConfirmAction<T>({ trigger, ...question }: Question<T> & { trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <LaterQuestion {...question} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
