'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { toast } from './toast';

type Layers = typeof import('./dialog-layers');

/** Once for all dialogs of the page. */
let loaded: Layers | null = null;

async function loadLayers(): Promise<Layers> {
  loaded ??= await import('./dialog-layers');
  return loaded;
}

/** When the pointer or the focus comes near. A failure is said by who opens. */
export const warmLayers = (): void => void loadLayers().catch(() => undefined);

/** Safari has no idle callback. */
const whenIdle = (work: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 1_000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 5_000 });
  return () => cancelIdleCallback(handle);
};

/**
 * What shows a dialog, fetched when the page has settled and not with it: null until it is there.
 * @param onFailed closes it where it cannot be had, which is said
 */
export function useLayers(open: boolean, onFailed: () => void): Layers | null {
  const [layers, setLayers] = useState(loaded);
  const failed = useEffectEvent(onFailed);
  useEffect(() => whenIdle(warmLayers), []);
  useEffect(() => {
    if (!open || layers) return;
    let isGone = false;
    loadLayers().then(
      (all) => {
        if (!isGone) setLayers(all);
      },
      () => {
        if (isGone) return;
        toast.error('This could not be opened: no connection. Please try again.');
        failed();
      },
    );
    return () => {
      isGone = true;
    };
  }, [open, layers]);
  return layers;
}
