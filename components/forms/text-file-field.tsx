'use client';
import { type ReactNode, useState } from 'react';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

/** Tells the form around of what no key has typed: it is unsaved like anything else, and kept in a draft. */
export const sayTyped = (element: Element | null): void => {
  element?.dispatchEvent(new Event('input', { bubbles: true }));
};

/** A file whose text is put into a box of the same form, where it can be put right by hand. */
export function TextFileField({
  id,
  help,
  accept,
  onText,
}: {
  id: string;
  help?: ReactNode;
  accept: string;
  onText: (text: string) => void;
}) {
  const [problem, setProblem] = useState<string | undefined>();
  return (
    <Field label="File" id={id} help={help} error={problem}>
      {(control) => (
        <Input
          {...control}
          type="file"
          className="h-auto py-1.5 max-sm:h-11 file:mr-3 file:font-medium"
          accept={accept}
          onChange={async ({ target }) => {
            const file = target.files?.[0];
            if (!file) return;
            try {
              onText((await file.text()).replace(/^\uFEFF/, ''));
              setProblem(undefined);
              sayTyped(target);
            } catch {
              setProblem('This file cannot be read. Choose it again, or paste its text into the box.');
            }
          }}
        />
      )}
    </Field>
  );
}
