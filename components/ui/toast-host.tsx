'use client';

import { useEffect, useRef } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import type { ToastMessage } from './toast';

/** Shows each message once, in the look of the product. */
export function ToastHost({ messages }: { messages: readonly (ToastMessage & { id: number })[] }) {
  const shown = useRef(0);
  useEffect(() => {
    for (const message of messages) {
      if (message.id <= shown.current) continue;
      shown.current = message.id;
      toast[message.kind](message.text, {
        ...(message.description ? { description: message.description } : {}),
        ...(message.action ? { action: message.action } : {}),
      });
    }
  }, [messages]);
  return (
    <Sonner
      // At the right edge it would lie on the buttons of rows.
      position="bottom-center"
      gap={8}
      offset={{ bottom: 16 }}
      // The library brings a font of its own.
      style={{ fontFamily: 'inherit' }}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-lg border border-border bg-surface-raised px-4 py-3 text-sm text-text shadow-overlay sm:w-(--width) [&_[data-icon]]:shrink-0',
          title: 'font-medium',
          description: 'text-text-muted',
          content: 'min-w-0 flex-1',
          success: '[&_[data-icon]]:text-success',
          error: '[&_[data-icon]]:text-danger',
          info: '[&_[data-icon]]:text-info',
          actionButton: 'rounded-md px-2 py-1 font-medium text-accent hover:bg-surface-hover',
        },
      }}
    />
  );
}
