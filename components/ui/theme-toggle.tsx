'use client';

import { Moon, Sun } from '@/components/ui/icons';
import { Button } from './button';
import { applyTheme, looksDark } from './theme';

/** Light to dark and back. */
export function ThemeToggle({ className }: { className?: string }) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Switch between light and dark"
      title="Switch between light and dark"
      {...(className ? { className } : {})}
      onClick={() => applyTheme(looksDark() ? 'light' : 'dark')}
    >
      {/* Both are drawn and CSS shows one: the server does not know what the system prefers. */}
      <Sun aria-hidden="true" className="hidden dark:block" />
      <Moon aria-hidden="true" className="dark:hidden" />
    </Button>
  );
}
