import type { ReactNode } from 'react';

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="rounded border border-border bg-surface-sunken px-1.5 py-px font-sans text-[11px] text-text-muted">{children}</kbd>
);
