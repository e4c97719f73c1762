'use client';
import { useEffect, useState } from 'react';
import { useFormProgress, useFormState } from '@/components/forms/form-context';
import { paths } from '@/lib/paths';
import type { Duplicate } from '../queries';

const DELAY_MS = 350;
const WATCHED = ['firstName', 'lastName', 'phone', 'dateOfBirth', 'birthOrder'] as const;

/**
 * Watches the form around while it is filled in and asks who may be the same person. `isRefused`: the server
 * has warned, and what it warned of has not been changed since.
 */
export function useDuplicates(): { duplicates: readonly Duplicate[]; isRefused: boolean } {
  const { formId } = useFormState();
  const { state } = useFormProgress();
  const [duplicates, setDuplicates] = useState<readonly Duplicate[]>([]);
  const [changedAfter, setChangedAfter] = useState(state);
  const isWarned = state.status === 'invalid' && Boolean(state.fieldErrors.allowDuplicate);

  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = '';
    let controller = new AbortController();
    const look = async () => {
      const data = new FormData(form);
      const body = JSON.stringify(
        Object.fromEntries(WATCHED.map((name) => [name, String(data.get(name) ?? '')])),
      );
      if (body === asked) return;
      asked = body;
      controller.abort();
      controller = new AbortController();
      try {
        const init = {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
          signal: controller.signal,
        };
        const response = await fetch(paths.duplicatePatients, init);
        const answer: { duplicates: Duplicate[] } = response.ok ? await response.json() : { duplicates: [] };
        setDuplicates(answer.duplicates);
      } catch {
        // A help while typing: when it cannot answer, the server still warns when the form is sent.
      }
    };
    const onInput = (event: Event) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement) || !WATCHED.some((name) => name === target.name)) return;
      setChangedAfter(state);
      clearTimeout(timer);
      timer = setTimeout(look, DELAY_MS);
    };
    form.addEventListener('input', onInput);
    if (isWarned) void look();
    return () => {
      clearTimeout(timer);
      controller.abort();
      form.removeEventListener('input', onInput);
    };
  }, [formId, state, isWarned]);

  return { duplicates, isRefused: isWarned && changedAfter !== state };
}
