'use client';
import { useEffect, useRef } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { shownOf } from '../sheet-layout';

/**
 * What the sheet shows of a list. While somebody types, what was there stays when another sheet is chosen:
 * what they have typed is in it.
 */
export function useShown<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  named: readonly string[],
  hasValue: (one: T) => boolean,
): T[] {
  const { hasTyped } = useFormState();
  const wasShown = useRef<ReadonlySet<string>>(new Set());
  const shown = shownOf(
    all,
    keyOf,
    named,
    (one) => hasValue(one) || (hasTyped() && wasShown.current.has(keyOf(one))),
  );
  useEffect(() => {
    wasShown.current = new Set(shown.map(keyOf));
  });
  return shown;
}
