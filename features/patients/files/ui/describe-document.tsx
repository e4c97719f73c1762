'use client';
import { type ReactNode, useState } from 'react';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import type { Described } from './describe-form';

const DescribeForm = laterContent(() => import('./describe-form').then((file) => file.DescribeForm));

/** Says afterwards what a document is of. */
export function DescribeDocument({ children, ...described }: Described & { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DescribeForm {...described} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
