'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { later } from '@/components/ui/later';
import { leaveSafely } from '../forms/unsaved-changes';
import type { NavigationItem } from './navigation';
import { areSingleKeysOn, GO_TO, onOpenShortcuts } from './shortcuts';

const ShortcutSheet = later(() => import('./shortcut-sheet').then((file) => file.ShortcutSheet));

/** A second key counts so long after the first. */
const SEQUENCE_MS = 1_500;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null);

/** `?` shows the keys; G and a letter lead to a page. Nothing of it while somebody types. */
export function ShortcutKeys({ pages }: { pages: readonly NavigationItem[] }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => onOpenShortcuts(() => setOpen(true)), []);
  useEffect(() => {
    let wentAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target))
        return;
      if (!areSingleKeysOn()) return;
      const key = event.key.toLowerCase();
      const isSecond = Date.now() - wentAt < SEQUENCE_MS;
      wentAt = key === 'g' ? Date.now() : 0;
      if (key === '?') {
        event.preventDefault();
        setOpen(true);
      } else if (isSecond) {
        const page = pages.find(({ icon }) => GO_TO[icon] === key);
        if (page) leaveSafely(() => router.push(page.href));
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [pages, router]);
  return isOpen ? <ShortcutSheet pages={pages} onClose={() => setOpen(false)} /> : null;
}
