'use client';

import { clsx } from 'clsx';
import { type ComponentType, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { rememberMenuOpener } from './return-focus';

export type MenuItem =
  | {
      type?: 'command';
      label: string;
      icon?: ReactNode;
      tone?: 'default' | 'danger';
      disabled?: boolean;
      onSelect: () => void;
    }
  | { type: 'link'; label: string; href: string; icon?: ReactNode }
  | {
      type: 'check';
      label: string;
      checked: boolean;
      disabled?: boolean;
      onChange: (checked: boolean) => void;
    }
  | {
      type: 'radio';
      label: string;
      value: string;
      options: readonly { value: string; label: string }[];
      onChange: (value: string) => void;
    }
  | { type: 'label'; label: string; description?: string }
  | { type: 'separator' };

type Panel = ComponentType<{
  label: string;
  items: readonly MenuItem[];
  align: 'start' | 'end';
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onReturnFocus: () => void;
}>;

/**
 * A button with a menu. The menu's code is fetched when the pointer or the focus comes near, not with the
 * page.
 */
export function MenuButton({
  label,
  items,
  align = 'end',
  children,
  className,
  wrapperClassName,
  onWillOpen,
  ...props
}: Omit<ButtonProps, 'asChild' | 'pending' | 'onClick'> & {
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
  wrapperClassName?: string;
  /** Just before it opens: to read what the items show. */
  onWillOpen?: () => void;
}) {
  const [Panel, setPanel] = useState<Panel | null>(null);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const load = () => {
    if (!Panel) void import('./menu-panel').then((module) => setPanel(() => module.MenuPanel));
  };
  const willOpen = () => {
    rememberMenuOpener(button.current);
    onWillOpen?.();
  };
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    load();
    willOpen();
    setOpen(true);
  };
  return (
    <span className={clsx('relative inline-flex', wrapperClassName)}>
      <Button
        ref={button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        {...props}
        {...(className ? { className } : {})}
        onPointerEnter={load}
        onFocus={load}
        onKeyDown={openByKey}
        onClick={() => {
          load();
          if (!open) willOpen();
          setOpen(!open);
        }}
      >
        {children}
      </Button>
      {Panel ? (
        <Panel
          label={label}
          items={items}
          align={align}
          open={open}
          onOpenChange={setOpen}
          onReturnFocus={() => button.current?.focus()}
        />
      ) : null}
    </span>
  );
}
