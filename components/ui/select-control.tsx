'use client';
import type { ComponentProps, KeyboardEvent } from 'react';

/**
 * The browser's select, in which Enter does what it does in any other field: it sends the form, by its main
 * button. The open list keeps Enter for itself, and is opened with the arrows, the space bar or a letter.
 */
export function SelectControl({ onKeyDown, ...props }: ComponentProps<'select'>) {
  const send = (event: KeyboardEvent<HTMLSelectElement>) => {
    onKeyDown?.(event);
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const { form } = event.currentTarget;
    if (event.key !== 'Enter' || !isPlain || event.defaultPrevented || !form) return;
    event.preventDefault();
    const button = [...form.elements].find(
      (one): one is HTMLButtonElement =>
        one instanceof HTMLButtonElement && one.type === 'submit' && !one.disabled,
    );
    // A button that waits takes no second press.
    if (button?.getAttribute('aria-disabled') !== 'true') form.requestSubmit(button);
  };
  return <select onKeyDown={send} {...props} />;
}
