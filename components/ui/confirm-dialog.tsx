'use client';

import * as Radix from 'radix-ui/alert-dialog';
import { type ReactNode, useState, useTransition } from 'react';
import { Alert } from './alert';
import { Button } from './button';
import { overlayClass } from './dialog';
import { useReturnFocus } from './return-focus';

type ConfirmDialogProps = {
  title: ReactNode;
  children?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'primary' | 'danger';
  /**
   * May be async: the dialog waits, closes when it is done, and stays with the sentence when it answers one.
   */
  onConfirm: () => unknown;
  onOpenChange?: (open: boolean) => void;
} & ({ trigger: ReactNode; open?: undefined } | { trigger?: undefined; open: boolean });

/** Asks before something that cannot be taken back. The focus starts on the harmless answer. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  cancelLabel = 'Cancel',
  tone = 'danger',
  trigger,
  open,
  onOpenChange,
  onConfirm,
}: ConfirmDialogProps) {
  const returnFocus = useReturnFocus();
  const [ownOpen, setOwnOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const setOpen = (next: boolean) => {
    if (pending) return;
    setProblem(null);
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const confirm = () =>
    start(async () => {
      try {
        const answer = await onConfirm();
        if (typeof answer === 'string') {
          setProblem(answer);
          return;
        }
        setOwnOpen(false);
        onOpenChange?.(false);
      } catch {
        setProblem('That did not work. Please try again.');
      }
    });

  return (
    <Radix.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...(trigger ? {} : returnFocus)}
          {...(children ? {} : { 'aria-describedby': undefined })}
          className="fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 gap-2 overflow-y-auto rounded-xl border border-border bg-surface-raised p-5 shadow-overlay focus:outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98"
        >
          <Radix.Title className="font-semibold text-lg text-text leading-snug">{title}</Radix.Title>
          {children ? (
            <Radix.Description asChild>
              <div className="text-text-muted">{children}</div>
            </Radix.Description>
          ) : null}
          {problem ? (
            <Alert tone="danger" live>
              {problem}
            </Alert>
          ) : null}
          <div className="mt-3 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancelLabel}</Button>
            </Radix.Cancel>
            <Button variant={tone} pending={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
