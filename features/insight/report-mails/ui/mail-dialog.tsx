'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import type { ReportMail } from '../service';

const MailForm = laterContent(() => import('./mail-form').then((file) => file.MailForm));

/** The report in one's mailbox, daily or weekly. */
export function MailDialog({ mail }: { mail: ReportMail | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Icon of="mail" />
          By mail
        </Button>
      </DialogTrigger>
      <MailForm mail={mail} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
