'use client';

import { useRef } from 'react';
import { focusFirst } from './first-focus';

// The button of the menu that was opened last: a dialog opened from a menu item returns there, the item being
// gone.
let menuOpener: HTMLElement | null = null;

export function rememberMenuOpener(button: HTMLElement | null): void {
  menuOpener = button;
}

/**
 * What opens takes the focus where it is needed; when it closes, the focus goes back to where it was, also
 * without a trigger.
 */
export function useReturnFocus() {
  const origin = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      const active = document.activeElement;
      const isGoing = !active || active === document.body || active.closest('[role="menu"]');
      origin.current = isGoing ? menuOpener : active instanceof HTMLElement ? active : null;
      const content = event.currentTarget;
      if (content instanceof HTMLElement && focusFirst(content)) event.preventDefault();
    },
    onCloseAutoFocus: (event: Event) => {
      if (!origin.current) return;
      event.preventDefault();
      // What was done may have taken the button off the page; the keyboard then goes on from the page's
      // content.
      const target = origin.current.isConnected ? origin.current : document.getElementById('main');
      target?.focus();
    },
  };
}
