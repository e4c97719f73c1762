'use client';

import { useEffect, useRef } from 'react';
import type { ActionResult } from '@/lib/action-result';
import { isPassing } from './send';

const WAITS_MS = [2_000, 4_000, 8_000, 15_000, 30_000];
/** Somebody who is typing is not saved in the middle of a word. */
const REST_MS = 3_000;

/** Sends a form again that could not be saved: when the connection is back, and after growing pauses. */
export function useRetry(state: ActionResult, lastInput: { current: number }, resend: () => void): void {
  const tries = useRef(0);
  const again = useRef(resend);
  useEffect(() => {
    again.current = resend;
  });
  useEffect(() => {
    if (!isPassing(state)) {
      tries.current = 0;
      return;
    }
    const wait = WAITS_MS[Math.min(tries.current++, WAITS_MS.length - 1)] ?? 0;
    let timer: ReturnType<typeof setTimeout>;
    const attempt = () => {
      clearTimeout(timer);
      const rest = lastInput.current ? lastInput.current + REST_MS - performance.now() : 0;
      if (rest > 0) timer = setTimeout(attempt, rest);
      else again.current();
    };
    timer = setTimeout(attempt, wait);
    addEventListener('online', attempt);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', attempt);
    };
  }, [state, lastInput]);
}
