'use client';

import { type MouseEvent, type ReactNode, useState } from 'react';
import { slotted } from './slotted';
import { useLayers, warmLayers } from './use-layers';

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
  cancelLabel = 'Cancel',
  tone = 'danger',
  trigger,
  open: given,
  onOpenChange,
  ...rest
}: ConfirmDialogProps) {
  const [own, setOwn] = useState(false);
  const open = given ?? own;
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const layers = useLayers(open, () => setOpen(false));
  return (
    <>
      {trigger
        ? slotted(trigger, {
            'aria-haspopup': 'dialog',
            'aria-expanded': open,
            onPointerEnter: warmLayers,
            onFocus: warmLayers,
            onClick: (event: MouseEvent) => {
              if (!event.defaultPrevented) setOpen(true);
            },
          })
        : null}
      {layers ? (
        <layers.ConfirmLayer
          {...rest}
          open={open}
          onOpenChange={setOpen}
          cancelLabel={cancelLabel}
          tone={tone}
        />
      ) : null}
    </>
  );
}
