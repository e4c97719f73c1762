'use client';

import { useRef } from 'react';

// The button of the menu that was opened last: a dialog opened from a menu item returns there, the item being gone.
let menuOpener: HTMLElement | null = null;

export function rememberMenuOpener(button: HTMLElement | null): void {
  menuOpener = button;
}

/** For dialogs opened without a Radix trigger: when they close, the focus goes back to where it was. */
export function useReturnFocus() {
  const origin = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement;
      const isGoing = !active || active === document.body || active.closest('[role="menu"]');
      origin.current = isGoing ? menuOpener : active instanceof HTMLElement ? active : null;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!origin.current?.isConnected) return;
      event.preventDefault();
      origin.current.focus();
    },
  };
}
