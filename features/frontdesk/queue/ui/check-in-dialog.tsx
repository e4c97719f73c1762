'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { paths } from '@/lib/paths';
import type { CheckIn } from './check-in-form';

const CheckInForm = laterContent(() => import('./check-in-form').then((file) => file.CheckInForm));

/** Takes a patient into today's queue. */
export function CheckInDialog(props: CheckIn) {
  const { patient } = props;
  const router = useRouter();
  const [open, setOpen] = useState(patient !== null);
  const change = (isOpen: boolean) => {
    setOpen(isOpen);
    // The address no longer asks for the dialog, so that coming back does not open it again.
    if (!isOpen && patient) router.replace(paths.queue);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Icon of="list-plus" /> Check in
        </Button>
      </DialogTrigger>
      <CheckInForm {...props} onClose={() => change(false)} />
    </Dialog>
  );
}
