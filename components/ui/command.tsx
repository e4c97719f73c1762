'use client';

import { clsx } from 'clsx';
import { Command as Cmdk } from 'cmdk';
import * as Radix from 'radix-ui/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import { overlayClass } from './overlay';
import { useReturnFocus } from './return-focus';

/** A list that is filtered by typing, in a dialog at the top of the page. */
export function CommandDialog({
  open,
  onOpenChange,
  label,
  filter = true,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  /** false: the caller filters. */
  filter?: boolean;
  children: ReactNode;
}) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...returnFocus}
          aria-describedby={undefined}
          className="fixed top-[max(1rem,12dvh)] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-border bg-surface-raised shadow-overlay focus:outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98"
        >
          <Radix.Title className="sr-only">{label}</Radix.Title>
          <Cmdk label={label} shouldFilter={filter} loop>
            {children}
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex items-center gap-3 border-border border-b px-4">
      <Icon of="search" className="size-4.5 shrink-0 text-text-subtle" />
      <Cmdk.Input
        className={clsx(
          'h-13 w-full bg-transparent text-base text-text outline-none placeholder:text-text-subtle',
          className,
        )}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Cmdk.List>) {
  return (
    <Cmdk.List
      className={clsx('max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-2', className)}
      {...props}
    />
  );
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={clsx(
        'pb-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-text-subtle [&_[cmdk-group-heading]]:text-xs',
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Cmdk.Item>) {
  return (
    <Cmdk.Item
      className={clsx(
        'flex min-h-10 cursor-default select-none items-center gap-3 rounded-md px-2.5 py-1.5 text-sm text-text aria-selected:bg-surface-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-text-subtle',
        className,
      )}
      {...props}
    />
  );
}

export const CommandEmpty = (props: ComponentProps<typeof Cmdk.Empty>) => (
  <Cmdk.Empty className="px-4 py-8 text-center text-text-muted" {...props} />
);
