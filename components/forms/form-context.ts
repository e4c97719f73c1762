'use client';

import { createContext, use } from 'react';
import type { ActionResult } from '@/lib/action-result';
import type { Fields } from '@/lib/forms';

/** What belongs to the fields: the same object for as long as nothing of it has changed. */
export type FormContextValue = {
  formId: string;
  /** The first thing wrong with a field, until it is typed in again. */
  errorFor: (name: string) => string | undefined;
  /** What was typed before the answer came, to be the field's default. */
  valueFor: (name: string) => string | undefined;
  /** What a form begins with that was brought back, as a draft is: all of its fields; else undefined. */
  restored: Fields | undefined;
  registerLabel: (name: string, label: string) => () => void;
  /** What a field says of itself, which is nearer than what the form's answer says of it. */
  registerProblem: (name: string, problem: string) => () => void;
  /** Whether something is typed and not saved, at the moment of asking. */
  hasTyped: () => boolean;
};

/** Apart from the fields, of which a sheet has hundreds: a press or a first key would draw each again. */
export type FormProgressValue = { state: ActionResult; isPending: boolean };

export const FormContext = createContext<FormContextValue | null>(null);

export const FormProgress = createContext<FormProgressValue | null>(null);

/** The form around, as far as it concerns a field. */
export function useFormState(): FormContextValue {
  const value = use(FormContext);
  if (!value) throw new Error('useFormState is used outside an ActionForm');
  return value;
}

/** The last answer of the form around, and whether it is on its way. */
export function useFormProgress(): FormProgressValue {
  const value = use(FormProgress);
  if (!value) throw new Error('useFormProgress is used outside an ActionForm');
  return value;
}
