'use client';
import { useCallback, useRef } from 'react';
import type { FormAction } from '@/lib/action-result';

/** As crypto.randomUUID, which browsers keep from pages without TLS. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  });
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/**
 * The action with the number of the attempt: two clicks before an answer carry the same one and change Stripe
 * once; after an answer the next click is a new attempt, as Stripe repeats a refusal for a number that it
 * knows.
 */
export function useAttempt<T>(action: FormAction<T>): FormAction<T> {
  const attempt = useRef<string | null>(null);
  return useCallback(
    async (previous, form) => {
      attempt.current ??= uuid();
      form.set('attempt', attempt.current);
      const result = await action(previous, form);
      attempt.current = null;
      return result;
    },
    [action],
  );
}
