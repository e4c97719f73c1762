'use client';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

export function Menu({ trigger, align = 'end', children }: { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          className="z-50 min-w-48 rounded-lg border border-border bg-surface-raised p-1 text-sm shadow-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ onSelect, asChild, danger, children }: { onSelect?: (event: Event) => void; asChild?: boolean; danger?: boolean; children: ReactNode }) {
  return (
    <Radix.Item
      {...(onSelect ? { onSelect } : {})}
      {...(asChild ? { asChild } : {})}
      className={cn(
        'flex cursor-pointer select-none items-center gap-2 rounded-md px-2.5 py-1.5 outline-none data-[highlighted]:bg-surface-sunken [&_svg]:size-4',
        danger ? 'text-danger-text' : 'text-text',
      )}
    >
      {children}
    </Radix.Item>
  );
}

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-border" />;
export const MenuLabel = ({ children }: { children: ReactNode }) => <div className="px-2.5 py-1.5 text-xs text-text-muted">{children}</div>;
