'use client';

import {
  type ComponentProps,
  type ComponentType,
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useMemo,
  useState,
} from 'react';
import type { DialogLayer } from './dialog-layers';
import { partOf } from './part';
import { slotted } from './slotted';
import { useLayers, warmLayers } from './use-layers';

type Opening = { open: boolean; setOpen: (open: boolean) => void };

const DialogContext = createContext<Opening>({ open: false, setOpen: () => undefined });

/** A question or a short form above the page. Compose: Dialog > DialogTrigger + DialogContent. */
export function Dialog({
  open: given,
  onOpenChange,
  children,
}: {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}) {
  const [own, setOwn] = useState(false);
  const open = given ?? own;
  const opening = useMemo<Opening>(
    () => ({
      open,
      setOpen: (next) => {
        setOwn(next);
        onOpenChange?.(next);
      },
    }),
    [open, onOpenChange],
  );
  return <DialogContext value={opening}>{children}</DialogContext>;
}

type Trigger = { asChild: true; children: ReactNode };

/** Opens the dialog: around a button. */
export function DialogTrigger({ children }: Trigger) {
  const { open, setOpen } = use(DialogContext);
  return slotted(children, {
    'aria-haspopup': 'dialog',
    'aria-expanded': open,
    onPointerEnter: warmLayers,
    onFocus: warmLayers,
    // A button that waits swallows the press.
    onClick: (event: MouseEvent) => {
      if (!event.defaultPrevented) setOpen(!open);
    },
  });
}

/** Closes the dialog: around a button in it. */
export function DialogClose({ children }: Trigger) {
  const { setOpen } = use(DialogContext);
  return slotted(children, {
    onClick: (event: MouseEvent) => {
      if (!event.defaultPrevented) setOpen(false);
    },
  });
}

type Content = Omit<ComponentProps<typeof DialogLayer>, 'open' | 'onOpenChange'>;

function Layer(props: Content) {
  const { open, setOpen } = use(DialogContext);
  const layers = useLayers(open, () => setOpen(false));
  return layers ? <layers.DialogLayer open={open} onOpenChange={setOpen} {...props} /> : null;
}

export const DialogContent = (props: Omit<Content, 'side'>) => <Layer {...props} />;

/** A panel from the side: details or a form beside the list they belong to. In place of `DialogContent`. */
export const SheetContent = ({ side = 'right', ...props }: Content) => <Layer side={side} {...props} />;

/**
 * A `DialogContent` with what is in it, fetched like what shows dialogs: a page brings along the button
 * alone. It stands in the place of `DialogContent`.
 */
export function laterContent<Content extends (props: never) => ReactNode>(
  load: () => Promise<Content>,
): Content {
  const { usePart } = partOf(() => {
    warmLayers();
    return load();
  });
  function LaterContent(props: object) {
    const { open, setOpen } = use(DialogContext);
    const Part = usePart(open, () => setOpen(false)) as ComponentType<object> | null;
    return Part ? <Part {...props} /> : null;
  }
  return LaterContent as unknown as Content;
}
