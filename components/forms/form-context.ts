'use client';

import { createContext, use } from 'react';
import type { ActionResult } from '@/lib/action-result';
import type { Fields } from '@/lib/forms';

export type FormContextValue = {
  formId: string;
  state: ActionResult;
  isPending: boolean;
  isDirty: boolean;
  /** The first thing wrong with a field, until it is typed in again. */
  errorFor: (name: string) => string | undefined;
  /** What was typed before the answer came, to be the field's default. */
  valueFor: (name: string) => string | undefined;
  /** What a form begins with that was brought back, as a draft is: all of its fields; else undefined. */
  restored: Fields | undefined;
  registerLabel: (name: string, label: string) => () => void;
};

export const FormContext = createContext<FormContextValue | null>(null);

/** The form around: its last answer, whether it is on its way, and what belongs to a field. */
export function useFormState(): FormContextValue {
  const value = use(FormContext);
  if (!value) throw new Error('useFormState is used outside an ActionForm');
  return value;
}
