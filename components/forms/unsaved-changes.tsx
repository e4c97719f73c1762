'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';

const ConfirmDialog = dynamic(() => import('../ui/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});

// What other ways of leaving (the command palette) ask before they go.
let asking: ((leave: () => void) => void) | null = null;

/** Runs `leave`, after a question when a form on the page has unsaved changes. */
export function leaveSafely(leave: () => void): void {
  if (asking) asking(leave);
  else leave();
}

/** While mounted, leaving the page asks first: by link, by reload, by closing the tab. */
export function UnsavedChanges() {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    const ask = (next: () => void) => setLeave(() => next);
    asking = ask;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return;
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
        return;
      const url = new URL(link.href);
      const isSamePage = url.pathname === location.pathname && url.search === location.search;
      if (url.origin !== location.origin || isSamePage) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => router.push(`${url.pathname}${url.search}${url.hash}`));
    };
    addEventListener('beforeunload', onUnload);
    // On the window and in the capture phase: before the router sees the click.
    addEventListener('click', onClick, { capture: true });
    return () => {
      if (asking === ask) asking = null;
      removeEventListener('beforeunload', onUnload);
      removeEventListener('click', onClick, { capture: true });
    };
  }, [router]);

  if (!leave) return null;
  return (
    <ConfirmDialog
      open
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      onOpenChange={(open) => {
        if (!open) setLeave(null);
      }}
      onConfirm={leave}
    >
      What you typed on this page has not been saved.
    </ConfirmDialog>
  );
}
