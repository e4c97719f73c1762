'use client';
import { useEffect } from 'react';

/** How long a page that comes back may take to grow to the height it had. */
const PATIENCE_MS = 3_000;
const PAGES_REMEMBERED = 50;
const TOUCHED = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

/** Where each page of this tab was left, by its address; newest last. Kept in memory only. */
const places = new Map<string, number>();

const address = () => `${location.pathname}${location.search}`;

/** Puts a page that Back or Forward leads to where it was left, as soon as it is long enough again. */
export function KeepPlace() {
  useEffect(() => {
    let isComingBack = false;
    let frame = 0;
    const remember = () => {
      if (isComingBack) return;
      places.delete(address());
      places.set(address(), scrollY);
      const oldest = places.keys().next().value;
      if (places.size > PAGES_REMEMBERED && oldest !== undefined) places.delete(oldest);
    };
    const stop = () => {
      isComingBack = false;
      cancelAnimationFrame(frame);
    };
    const comeBack = () => {
      const place = places.get(address());
      if (place === undefined) return;
      stop();
      isComingBack = true;
      const until = performance.now() + PATIENCE_MS;
      const step = () => {
        if (scrollY !== place) scrollTo({ top: place, behavior: 'instant' });
        // The page may be swapped or grow for a while yet; who scrolls meanwhile is left alone.
        if (Math.abs(scrollY - place) < 2 && performance.now() > until - PATIENCE_MS + 300) stop();
        else if (performance.now() > until) stop();
        else frame = requestAnimationFrame(step);
      };
      frame = requestAnimationFrame(step);
    };
    addEventListener('scroll', remember, { passive: true });
    addEventListener('popstate', comeBack);
    for (const name of TOUCHED) addEventListener(name, stop, { passive: true });
    return () => {
      stop();
      removeEventListener('scroll', remember);
      removeEventListener('popstate', comeBack);
      for (const name of TOUCHED) removeEventListener(name, stop);
    };
  }, []);
  return null;
}
