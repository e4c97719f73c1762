'use client';

import { clsx } from 'clsx';
import * as Alerting from 'radix-ui/alert-dialog';
import * as Radix from 'radix-ui/dialog';
import { type ComponentProps, type ReactNode, useState, useTransition } from 'react';
import { Icon } from '@/components/ui/icon';
import { Alert } from './alert';
import { Button } from './button';
import { overlayClass } from './overlay';
import { useReturnFocus } from './return-focus';

// What opens above the page, with Radix, which no page needs before something opens.

const SIDES = {
  right:
    'inset-y-0 right-0 w-full max-w-md border-l data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right',
  left: 'inset-y-0 left-0 w-[85vw] max-w-xs border-r data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left',
  bottom:
    'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl border-t pb-[env(safe-area-inset-bottom)] data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom',
} as const;

const LOOKS = {
  dialog: {
    panel:
      'fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 grid-rows-[auto_1fr_auto] overflow-hidden rounded-xl border border-border bg-surface-raised shadow-overlay focus:outline-none data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[state=closed]:zoom-out-98 data-[state=open]:zoom-in-98',
    head: 'px-5 pt-5',
    title: 'text-lg leading-snug',
    description: 'mt-1',
    close: '-mt-1 -mr-2',
    body: 'empty:pb-0',
    footer: 'bg-surface/60',
  },
  sheet: {
    panel:
      'fixed z-50 flex flex-col border-border bg-surface-raised shadow-overlay duration-200 focus:outline-none data-[state=closed]:animate-out data-[state=open]:animate-in',
    head: 'border-border border-b px-5 py-4',
    title: 'text-base',
    description: '',
    close: '-my-1 -mr-2',
    body: 'flex-1',
    footer: '',
  },
} as const;

type LayerProps = Omit<ComponentProps<typeof Radix.Content>, 'title'> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  /** From which side a sheet comes; a dialog has none and stands in the middle. */
  side?: keyof typeof SIDES;
};

/** The body of `DialogContent` and of `SheetContent`. */
export function DialogLayer({
  open,
  onOpenChange,
  side,
  title,
  description,
  footer,
  className,
  children,
  ...props
}: LayerProps) {
  const returnFocus = useReturnFocus();
  const look = LOOKS[side ? 'sheet' : 'dialog'];
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...returnFocus}
          // Radix warns when nothing describes the dialog, unless told that nothing should.
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(look.panel, side && SIDES[side], className)}
          {...props}
        >
          <div className={clsx('flex items-start justify-between gap-4', look.head)}>
            <div className="min-w-0">
              <Radix.Title className={clsx('font-semibold text-text', look.title)}>{title}</Radix.Title>
              {description ? (
                <Radix.Description className={clsx('text-text-muted', look.description)}>
                  {description}
                </Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon-sm" aria-label="Close" className={look.close}>
                <Icon of="x" />
              </Button>
            </Radix.Close>
          </div>
          <div data-dialog-body="" className={clsx('min-h-0 overflow-y-auto p-5', look.body)}>
            {children}
          </div>
          {footer ? (
            <div
              data-dialog-body=""
              className={clsx(
                'flex flex-wrap justify-end gap-2 border-border border-t px-5 py-3.5',
                look.footer,
              )}
            >
              {footer}
            </div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The body of `ConfirmDialog`. */
export function ConfirmLayer({
  open,
  onOpenChange,
  title,
  confirmLabel,
  cancelLabel,
  tone,
  onConfirm,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  tone: 'primary' | 'danger';
  onConfirm: () => unknown;
  children?: ReactNode;
}) {
  const returnFocus = useReturnFocus();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const change = (next: boolean) => {
    if (pending) return;
    setProblem(null);
    onOpenChange(next);
  };
  const confirm = () =>
    start(async () => {
      try {
        const answer = await onConfirm();
        if (typeof answer === 'string') setProblem(answer);
        else onOpenChange(false);
      } catch {
        setProblem('That did not work. Please try again.');
      }
    });

  return (
    <Alerting.Root open={open} onOpenChange={change}>
      <Alerting.Portal>
        <Alerting.Overlay className={overlayClass} />
        <Alerting.Content
          {...returnFocus}
          {...(children ? {} : { 'aria-describedby': undefined })}
          className="fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 gap-2 overflow-y-auto rounded-xl border border-border bg-surface-raised p-5 shadow-overlay focus:outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98"
        >
          <Alerting.Title className="font-semibold text-lg text-text leading-snug">{title}</Alerting.Title>
          {children ? (
            <Alerting.Description asChild>
              <div className="text-text-muted">{children}</div>
            </Alerting.Description>
          ) : null}
          {problem ? (
            <Alert tone="danger" live>
              {problem}
            </Alert>
          ) : null}
          <div className="mt-3 flex flex-wrap justify-end gap-2">
            <Alerting.Cancel asChild>
              <Button>{cancelLabel}</Button>
            </Alerting.Cancel>
            <Button variant={tone} pending={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </Alerting.Content>
      </Alerting.Portal>
    </Alerting.Root>
  );
}
