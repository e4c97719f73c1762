'use client';

import { type ComponentType, useSyncExternalStore } from 'react';
import { toast } from './toast';

const AGAIN_MS = 5_000;

/**
 * A part that is fetched when it is first shown, and not with the page; the server never makes it. Shows
 * nothing until it is there. React's `lazy` would take the page along, with what was typed on it, where the
 * network fails: here the part comes once there is one.
 * @param isAwaited false for what works unseen: nobody is told that it is not there yet
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { isAwaited = true }: { isAwaited?: boolean } = {},
): ComponentType<Props> {
  let fetched: ComponentType<Props> | null = null;
  let isOnItsWay = false;
  const waiting = new Set<() => void>();
  const fetchPart = async (isFirst: boolean): Promise<void> => {
    isOnItsWay = true;
    try {
      fetched = await load();
      for (const show of waiting) show();
    } catch {
      if (isFirst && isAwaited)
        toast.error(
          navigator.onLine
            ? 'This cannot be shown yet. If it does not come, load the page again.'
            : 'This cannot be shown yet: no connection. It comes as soon as there is one.',
        );
      setTimeout(() => {
        if (waiting.size > 0) void fetchPart(false);
        else isOnItsWay = false;
      }, AGAIN_MS);
    }
  };
  const subscribe = (show: () => void) => {
    waiting.add(show);
    if (!isOnItsWay) void fetchPart(true);
    return () => waiting.delete(show);
  };
  return function Later(props: Props) {
    const Part = useSyncExternalStore(
      subscribe,
      () => fetched,
      () => null,
    );
    return Part ? <Part {...props} /> : null;
  };
}
