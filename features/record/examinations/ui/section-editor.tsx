'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

/**
 * What is signed is read, and changed only after somebody has said that they want to. A form that somebody is
 * typing into stays, also when a colleague signs meanwhile.
 */
export function SectionEditor({
  isSigned,
  version,
  view,
  form,
}: {
  isSigned: boolean;
  version: number;
  view: ReactNode;
  form: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef(version);
  // A save closes it; the save of somebody else does not close a form with something in it.
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    if (!box.current?.querySelector('form[data-unsaved]')) setOpen(false);
  }, [version]);
  if (!isSigned || isOpen)
    return (
      // Typing into it keeps it open; the fields inside are what people use.
      <div ref={box} onInput={() => setOpen(true)}>
        {form}
      </div>
    );
  return (
    <div className="grid gap-4">
      {view}
      <div className="no-print">
        <Button onClick={() => setOpen(true)}>
          <Icon of="pencil" /> Change
        </Button>
      </div>
    </div>
  );
}
