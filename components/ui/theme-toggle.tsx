'use client';

import { buttonClass } from './button-class';
import { icon } from './icon';
import { applyTheme, looksDark } from './theme';

const Moon = icon('moon');
const Sun = icon('sun');

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
      <Sun aria-hidden="true" className="hidden dark:block" />
      <Moon aria-hidden="true" className="dark:hidden" />
    </button>
  );
}
