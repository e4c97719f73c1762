'use client';
import { Toaster as Sonner } from 'sonner';

/** Where short confirmations appear; call `toast` of sonner. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        style: { background: 'var(--surface-raised)', color: 'var(--text)', border: '1px solid var(--border)' },
      }}
    />
  );
}
