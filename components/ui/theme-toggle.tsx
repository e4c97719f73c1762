'use client';

import { buttonClass } from './button-class';
import { Icon } from './icon';
import { applyTheme, looksDark } from './theme';

/** Light to dark and back. */
export function ThemeToggle({ className }: { className?: string }) {
  return (
    <button
      type="button"
      aria-label="Switch between light and dark"
      title="Switch between light and dark"
      className={buttonClass({ variant: 'ghost', size: 'icon', className })}
      onClick={() => applyTheme(looksDark() ? 'light' : 'dark')}
    >
      {/* Both are drawn and CSS shows one: the server does not know what the system prefers. */}
      <Icon of="sun" className="hidden dark:block" />
      <Icon of="moon" className="dark:hidden" />
    </button>
  );
}
