'use client';

import { useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { later } from '@/components/ui/later';
import { Kbd } from '../ui/kbd';
import type { NavigationItem } from './navigation';

const loadPalette = () => import('./command-palette').then((module) => module.CommandPalette);
const CommandPalette = later(loadPalette);

/**
 * The search button of the top bar and its key, Ctrl-K or Cmd-K. The palette itself is fetched on first use.
 */
export function ShellSearch({
  pages,
  actions,
  patientSearch,
  recordSearch,
}: {
  pages: readonly NavigationItem[];
  actions: readonly NavigationItem[];
  /** Answers `{ patients: [{ id, name, number, phone }] }` to `?q=`; null where there are no patients. */
  patientSearch: string | null;
  /** Answers `{ groups: [{ heading, items: [{ id, label, hint, href }] }] }` to `?q=`; named by `label`. */
  recordSearch: { address: string; label: string } | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isNeeded, setNeeded] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setNeeded(true);
      setOpen((open) => !open);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const label = patientSearch ? 'Search patients and pages' : (recordSearch?.label ?? 'Search pages');
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => void loadPalette()}
        onClick={() => {
          setNeeded(true);
          setOpen(true);
        }}
        className="flex h-9 items-center gap-2.5 rounded-md text-sm text-text-subtle transition-colors hover:text-text max-sm:size-9 max-sm:justify-center max-sm:hover:bg-surface-hover sm:w-64 sm:border sm:border-border sm:bg-surface sm:px-3 sm:hover:border-border-strong lg:w-80"
      >
        <Icon of="search" className="size-4 shrink-0 max-sm:size-4.5" />
        <span className="flex-1 truncate text-left max-sm:sr-only">{label}</span>
        <span aria-hidden="true" className="flex gap-1 max-lg:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      {isNeeded ? (
        <CommandPalette
          open={isOpen}
          onOpenChange={setOpen}
          label={label}
          pages={pages}
          actions={actions}
          patientSearch={patientSearch}
          recordSearch={recordSearch?.address ?? null}
        />
      ) : null}
    </>
  );
}
