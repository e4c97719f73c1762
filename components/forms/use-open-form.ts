'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { noteOpen, type OpenForm } from './open-forms';

/** While `isOpen`, the page knows of a form with something in it: before leaving, and before handing on. */
export function useOpenForm(isOpen: boolean, label: string, form: Omit<OpenForm, 'label'>): void {
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  useEffect(() => {
    if (!isOpen) return;
    return noteOpen({
      label,
      isKept: () => latest.current.isKept(),
      keep: () => latest.current.keep(),
      save: () => latest.current.save(),
    });
  }, [isOpen, label]);
}

type Labels = Readonly<Record<string, string>>;

/** How the fields of a form are called, as each of them says when it is mounted. */
export function useLabels(): [Labels, (name: string, text: string) => () => void] {
  const [labels, setLabels] = useState<Labels>({});
  const register = useCallback((name: string, text: string) => {
    setLabels((known) => (known[name] === text ? known : { ...known, [name]: text }));
    return () =>
      setLabels((known) => {
        const { [name]: _gone, ...rest } = known;
        return rest;
      });
  }, []);
  return [labels, register];
}
