'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';

const DemoForm = laterContent(() => import('./demo-form').then((file) => file.DemoForm));

/** Organizations that nobody pays for and nobody is treated in. */
export function DemoDialog({ templates }: { templates: readonly { id: string; name: string }[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>New demo</Button>
      </DialogTrigger>
      <DemoForm templates={templates} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
