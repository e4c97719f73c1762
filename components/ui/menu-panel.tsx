'use client';

import { Fragment } from 'react';
import Link from '@/components/ui/link';
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './dropdown-menu';
import type { MenuItem, MenuState } from './menu-button';

/** What a MenuButton opens: an invisible anchor over the button, and the menu. */
export function MenuPanel({
  label,
  items,
  align,
  open,
  onOpenChange,
  onReturnFocus,
}: MenuState & { items: readonly MenuItem[] }) {
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange}>
      <DropdownMenuTrigger asChild>
        <span aria-hidden="true" tabIndex={-1} className="pointer-events-none absolute inset-0" />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align={align}
        aria-label={label}
        aria-labelledby={undefined}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onReturnFocus();
        }}
      >
        {items.map((item, index) => (
          <Fragment key={item.type === 'separator' ? `separator-${index}` : item.label}>
            {render(item)}
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function render(item: MenuItem) {
  switch (item.type) {
    case 'separator':
      return <DropdownMenuSeparator />;
    case 'label':
      return (
        <DropdownMenuLabel>
          {item.label}
          {item.description ? <span className="block truncate">{item.description}</span> : null}
        </DropdownMenuLabel>
      );
    case 'check':
      return (
        <DropdownMenuCheckboxItem
          checked={item.checked}
          disabled={item.disabled ?? false}
          onCheckedChange={item.onChange}
          onSelect={(event) => event.preventDefault()}
        >
          {item.label}
        </DropdownMenuCheckboxItem>
      );
    case 'radio':
      return (
        <>
          <DropdownMenuLabel>{item.label}</DropdownMenuLabel>
          <DropdownMenuRadioGroup value={item.value} onValueChange={item.onChange} aria-label={item.label}>
            {item.options.map((option) => (
              <DropdownMenuRadioItem key={option.value} value={option.value}>
                {option.label}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </>
      );
    case 'link':
      return (
        <DropdownMenuItem asChild>
          <Link href={item.href}>
            {item.icon}
            {item.label}
          </Link>
        </DropdownMenuItem>
      );
    default:
      return (
        <DropdownMenuItem
          disabled={item.disabled ?? false}
          tone={item.tone ?? 'default'}
          onSelect={item.onSelect}
        >
          {item.icon}
          {item.label}
        </DropdownMenuItem>
      );
  }
}
