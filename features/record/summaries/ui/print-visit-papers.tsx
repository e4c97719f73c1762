'use client';
import { useEffect, useRef } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { paths } from '@/lib/paths';

/** The key that prints; with Control and Shift, so that nobody types it into a box. */
const KEY = 'p';

/** Prints what the hospital always prints at the end of a visit, with a press or with Ctrl+Shift+P. */
export function PrintVisitPapers({ visitId }: { visitId: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isPressed = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === KEY;
      if (!isPressed || event.repeat) return;
      event.preventDefault();
      link.current?.click();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <a
      ref={link}
      href={paths.visitPapersPrint(visitId)}
      target="_blank"
      rel="noreferrer"
      aria-keyshortcuts="Control+Shift+P Meta+Shift+P"
      title="Ctrl+Shift+P"
      className={`justify-self-start ${buttonClass()}`}
    >
      <Icon of="printer" /> Print the papers of this visit
    </a>
  );
}
