'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { Button } from './button';
import { Menu, MenuItem } from './menu';

const CHOICES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'Like this device', icon: Monitor },
] as const;

function choose(value: 'light' | 'dark' | 'system') {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `theme=${value}; path=/; max-age=31536000; samesite=lax`;
  if (value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

export function ThemeToggle() {
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label="Colour theme">
          <Sun className="dark:hidden" aria-hidden />
          <Moon className="hidden dark:block" aria-hidden />
        </Button>
      }
    >
      {CHOICES.map(({ value, label, icon: Icon }) => (
        <MenuItem key={value} onSelect={() => choose(value)}>
          <Icon aria-hidden /> {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
