'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { toast } from './toast';

/** Safari has no idle callback. */
const whenIdle = (work: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 1_000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 5_000 });
  return () => cancelIdleCallback(handle);
};

type Source<Shown> = {
  /** Once for all who show it. */
  loaded: { part: Shown } | null;
  load: () => Promise<{ part: Shown }>;
  /** When the pointer or the focus comes near. A failure is said by who opens. */
  warm: () => void;
};

function useSource<Shown>(source: Source<Shown>, isWanted: boolean, onFailed: () => void): Shown | null {
  const [held, setHeld] = useState(source.loaded);
  const failed = useEffectEvent(onFailed);
  useEffect(() => whenIdle(source.warm), [source]);
  useEffect(() => {
    if (!isWanted || held) return;
    let isGone = false;
    source.load().then(
      (found) => {
        if (!isGone) setHeld(found);
      },
      () => {
        if (isGone) return;
        toast.error(
          navigator.onLine
            ? 'This could not be opened. Try again; if that does not help, load the page again.'
            : 'This could not be opened: no connection. Please try again.',
        );
        failed();
      },
    );
    return () => {
      isGone = true;
    };
  }, [isWanted, held, source]);
  return held?.part ?? null;
}

export type LaterPart<Shown> = {
  warm: () => void;
  /**
   * Null until it is there.
   * @param onFailed takes the wish back where it cannot be had, which is said
   */
  usePart: (isWanted: boolean, onFailed: () => void) => Shown | null;
};

/** What is shown once somebody asks for it: fetched when the page has settled and not with it. */
export function partOf<Shown>(load: () => Promise<Shown>): LaterPart<Shown> {
  const source: Source<Shown> = {
    loaded: null,
    load: async () => {
      source.loaded ??= { part: await load() };
      return source.loaded;
    },
    warm: () => void source.load().catch(() => undefined),
  };
  return {
    warm: source.warm,
    usePart: (isWanted, onFailed) => useSource(source, isWanted, onFailed),
  };
}
