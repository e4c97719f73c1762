'use client';

import { clsx } from 'clsx';
import { type ComponentType, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { type LaterPart, partOf } from './part';
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

/** Of a menu, to what shows it. */
export type MenuState = {
  label: string;
  align: 'start' | 'end';
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onReturnFocus: () => void;
};

type Opener = Omit<ButtonProps, 'asChild' | 'pending' | 'onClick'> & {
  label: string;
  align?: 'start' | 'end';
  wrapperClassName?: string;
};

const menuPanel = partOf(() => import('./menu-panel').then((file) => file.MenuPanel));

/** A button with a menu. The menu's code is fetched when the page has settled, and not with it. */
export const MenuButton = ({ items, ...opener }: Opener & { items: readonly MenuItem[] }) => (
  <MenuOpener menu={menuPanel} given={{ items }} {...opener} />
);

/** A button with a menu that works out by itself what it offers. */
export function MenuOpener<Given extends object>({
  label,
  menu,
  given,
  align = 'end',
  children,
  className,
  wrapperClassName,
  ...props
}: Opener & {
  menu: LaterPart<ComponentType<MenuState & Given>>;
  /** What the menu needs to know besides. */
  given: Given;
}) {
  const [open, setOpen] = useState(false);
  // A list has many: one that nobody opened stays a button.
  const [isUsed, setUsed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const Menu = menu.usePart(open, () => setOpen(false));
  const show = () => {
    rememberMenuOpener(button.current);
    setUsed(true);
    setOpen(true);
  };
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    show();
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
        onPointerEnter={menu.warm}
        onFocus={menu.warm}
        onKeyDown={openByKey}
        onClick={() => (open ? setOpen(false) : show())}
      >
        {children}
      </Button>
      {Menu && isUsed ? (
        <Menu
          {...given}
          label={label}
          align={align}
          open={open}
          onOpenChange={setOpen}
          onReturnFocus={() => button.current?.focus()}
        />
      ) : null}
    </span>
  );
}
