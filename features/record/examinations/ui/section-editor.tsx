'use client';

import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';

/** What is signed is read, and changed only after somebody has said that they want to. */
export function SectionEditor({ view, form }: { view: ReactNode; form: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return form;
  return (
    <div className="grid gap-4">
      {view}
      <div className="no-print">
        <Button onClick={() => setOpen(true)}>
          <Pencil aria-hidden="true" /> Change
        </Button>
      </div>
    </div>
  );
}
