'use client';

import { X } from 'lucide-react';
import * as Radix from 'radix-ui/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { overlayClass } from './dialog';
import { useReturnFocus } from './return-focus';

/** A panel from the side: details or a form beside the list they belong to. */
export const Sheet = Radix.Root;

const SIDES = {
  right:
    'inset-y-0 right-0 w-full max-w-md border-l data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right',
  left: 'inset-y-0 left-0 w-[85vw] max-w-xs border-r data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left',
  bottom:
    'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl border-t pb-[env(safe-area-inset-bottom)] data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom',
} as const;

export function SheetContent({
  side = 'right',
  title,
  description,
  footer,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Radix.Content>, 'title'> & {
  side?: keyof typeof SIDES;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
}) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayClass} />
      <Radix.Content
        {...returnFocus}
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed z-50 flex flex-col border-border bg-surface-raised shadow-overlay duration-200 focus:outline-none data-[state=closed]:animate-out data-[state=open]:animate-in',
          SIDES[side],
          className,
        )}
        {...props}
      >
        <div className="flex items-start justify-between gap-4 border-border border-b px-5 py-4">
          <div className="min-w-0">
            <Radix.Title className="font-semibold text-base text-text">{title}</Radix.Title>
            {description ? (
              <Radix.Description className="text-text-muted">{description}</Radix.Description>
            ) : null}
          </div>
          <Radix.Close asChild>
            <Button variant="ghost" size="icon-sm" aria-label="Close" className="-my-1 -mr-2">
              <X aria-hidden="true" />
            </Button>
          </Radix.Close>
        </div>
        <div data-dialog-body="" className="min-h-0 flex-1 overflow-y-auto p-5">
          {children}
        </div>
        {footer ? (
          <div
            data-dialog-body=""
            className="flex flex-wrap justify-end gap-2 border-border border-t px-5 py-3.5"
          >
            {footer}
          </div>
        ) : null}
      </Radix.Content>
    </Radix.Portal>
  );
}
