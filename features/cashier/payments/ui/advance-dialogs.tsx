'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import type { RefundedAdvance, TakenAdvance } from './advance-forms';

const TakeAdvanceForm = laterContent(() => import('./advance-forms').then((file) => file.TakeAdvanceForm));
const RefundAdvanceForm = laterContent(() =>
  import('./advance-forms').then((file) => file.RefundAdvanceForm),
);

/** Money for what comes later; bills use it. */
export function TakeAdvance(props: TakenAdvance) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Icon of="hand-coins" /> Advance
        </Button>
      </DialogTrigger>
      <TakeAdvanceForm {...props} onClose={() => setOpen(false)} />
    </Dialog>
  );
}

/** Gives back what is left of an advance. */
export function RefundAdvance(props: RefundedAdvance) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Give back advance ${props.advance.number}`}>
          Give back
        </Button>
      </DialogTrigger>
      <RefundAdvanceForm {...props} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
