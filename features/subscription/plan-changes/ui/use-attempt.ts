'use client';
import { useCallback, useRef } from 'react';
import type { FormAction } from '@/lib/action-result';
import { newRequestKey } from '@/lib/request-key';

/**
 * The action with the number of the attempt: two clicks before an answer carry the same one and change Stripe
 * once; after an answer the next click is a new attempt, as Stripe repeats a refusal for a number that it
 * knows.
 */
export function useAttempt<T>(action: FormAction<T>): FormAction<T> {
  const attempt = useRef<string | null>(null);
  return useCallback(
    async (previous, form) => {
      attempt.current ??= newRequestKey();
      form.set('attempt', attempt.current);
      const result = await action(previous, form);
      attempt.current = null;
      return result;
    },
    [action],
  );
}
