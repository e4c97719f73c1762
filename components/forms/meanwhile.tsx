'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Fields } from '@/lib/forms';
import type { Version } from '@/lib/revision';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { type Beginning, isOther } from './beginning';
import { FormContext, type FormContextValue, FormProgress, type FormProgressValue } from './form-context';
import { isSame, mergeFields, shownIn, valuesOf } from './form-values';

const AT_REST: FormProgressValue = { state: { status: 'idle' }, isPending: false };

type Difference = { name: string; label: string; theirs: string; mine: string };
type Choice = Record<string, 'mine' | 'theirs'>;
type Found = { theirs: Fields; conflicts: Difference[]; taken: Difference[] };

/**
 * Somebody else has saved the record while this form was open. What only they have changed is taken over at
 * once; where both have typed, each field is shown side by side and one of the two is taken.
 */
export function Meanwhile({
  form,
  begun,
  version,
  refusal,
  isDirty,
  labels,
  children,
  begin,
  save,
}: {
  form: RefObject<HTMLFormElement | null>;
  begun: Beginning;
  /** Of the record as the page shows it now. */
  version: Version;
  /** What the server said to a save, where it came to one. */
  refusal: string | null;
  isDirty: boolean;
  labels: Readonly<Record<string, string>>;
  /** The fields of the form: mounted once more, hidden, they hold what was saved. */
  children: ReactNode;
  begin: (next: Beginning, isTyped: boolean, isMounted: boolean) => void;
  save: () => void;
}) {
  const router = useRouter();
  const copy = useRef<HTMLFormElement>(null);
  // Of the copy that stands beside the page, and is never sent. It may have fields that this form has folded
  // away, and says how they are called.
  const theirLabels = useRef(new Map<string, string>());
  const [asSaved] = useState<FormContextValue>(() => ({
    formId: 'as-saved',
    errorFor: () => undefined,
    valueFor: () => undefined,
    restored: undefined,
    registerLabel: (name, label) => {
      theirLabels.current.set(name, label);
      return () => undefined;
    },
    registerProblem: () => () => undefined,
    hasTyped: () => false,
  }));
  const [found, setFound] = useState<Found | null>(null);
  const [choice, setChoice] = useState<Choice>({});
  const [taken, setTaken] = useState<readonly string[]>([]);
  const isBehind = isOther(version, begun.version);

  // The page still shows the record as it was: a save was refused before the page knew why.
  useEffect(() => {
    if (refusal && !isBehind) router.refresh();
  }, [refusal, isBehind, router]);

  useEffect(() => {
    const [mineForm, theirForm] = [form.current, copy.current];
    if (!isBehind || !mineForm || !theirForm) return;
    const [mine, theirs] = [valuesOf(mineForm), valuesOf(theirForm)];
    const merge = mergeFields(begun.base ?? theirs, mine, theirs);
    const differences = (names: readonly string[]) =>
      names.map((name) => ({
        name,
        label: labels[name] ?? theirLabels.current.get(name) ?? name,
        theirs: shownIn(theirForm, name),
        mine: shownIn(mineForm, name),
      }));
    if (merge.conflicts.length > 0) {
      setFound({ theirs, conflicts: differences(merge.conflicts), taken: differences(merge.taken) });
      return;
    }
    const isMounted = isSame(merge.values, mine);
    if (isDirty && merge.taken.length > 0)
      setTaken(differences(merge.taken).map(({ label, theirs: value }) => `${label}: ${value}`));
    keepingFocus(mineForm, () =>
      begin({ values: isMounted ? begun.values : merge.values, base: theirs, version }, isDirty, isMounted),
    );
  }, [isBehind, version, begun, isDirty, labels, form, begin]);

  const apply = () => {
    const element = form.current;
    if (!found || !element) return;
    // Once more: typing may have gone on meanwhile.
    const { values } = mergeFields(begun.base ?? found.theirs, valuesOf(element), found.theirs);
    for (const { name } of found.conflicts)
      if (choice[name] === 'theirs') values[name] = found.theirs[name] ?? '';
    begin({ values, base: found.theirs, version }, true, false);
    setFound(null);
    // The fields are mounted with these values first.
    setTimeout(save, 50);
  };

  return (
    <>
      {/* A form inside a form is not allowed: this one, which is never sent, stands beside the page. */}
      {createPortal(
        <FormContext value={asSaved}>
          <FormProgress value={AT_REST}>
            {/* Mounted once more for each version: a box with a value keeps it when its default changes. */}
            <form key={version} ref={copy} hidden inert>
              {children}
            </form>
          </FormProgress>
        </FormContext>,
        document.body,
      )}
      {found ? (
        <Alert tone="warning" live title="A colleague has saved this while you were typing">
          <p>Nothing of yours is lost. Choose for each field what shall stand, then save.</p>
          <div className="mt-3 grid gap-3">
            {found.conflicts.map(({ name, label, mine, theirs }) => (
              <fieldset key={name} className="grid min-w-0 gap-2">
                <legend className="mb-1 font-medium text-text">{label}</legend>
                <div className="grid gap-2 sm:grid-cols-2">
                  {(['mine', 'theirs'] as const).map((side) => (
                    <label
                      key={side}
                      className="flex min-w-0 items-start gap-2 rounded-md border border-border bg-surface-raised p-2 has-checked:border-accent"
                    >
                      <input
                        type="radio"
                        className="mt-1"
                        // Outside of the form's own fields.
                        form="no-form"
                        name={`choice-${name}`}
                        checked={(choice[name] ?? 'mine') === side}
                        onChange={() => setChoice((all) => ({ ...all, [name]: side }))}
                      />
                      <span className="min-w-0">
                        <span className="block text-[0.8125rem] text-text-subtle">
                          {side === 'mine' ? 'Yours' : 'Saved by the colleague'}
                        </span>
                        <span className="block whitespace-pre-wrap break-words text-text">
                          {side === 'mine' ? mine : theirs}
                        </span>
                      </span>
                    </label>
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
          {found.taken.length > 0 ? (
            <p className="mt-3">
              Also changed, and taken over:{' '}
              {found.taken.map(({ label, theirs }) => `${label}: ${theirs}`).join('; ')}
            </p>
          ) : null}
          <div className="mt-3">
            <Button variant="primary" size="sm" onClick={apply}>
              Save with these
            </Button>
          </div>
        </Alert>
      ) : taken.length > 0 ? (
        <Alert live title="A colleague has saved this meanwhile. What you typed is still here.">
          Taken over: {taken.join('; ')}
        </Alert>
      ) : null}
    </>
  );
}

/** Fields that are mounted again lose the cursor: it is put back where somebody was typing. */
function keepingFocus(form: HTMLFormElement, change: () => void): void {
  const active = document.activeElement;
  const id = active && form.contains(active) ? active.id : '';
  const isText = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
  const [from, to] = isText ? [active.selectionStart, active.selectionEnd] : [null, null];
  change();
  if (!id) return;
  requestAnimationFrame(() => {
    const next = document.getElementById(id);
    if (!next || next === document.activeElement) return;
    next.focus();
    const isTextAgain = next instanceof HTMLInputElement || next instanceof HTMLTextAreaElement;
    if (isTextAgain && from !== null) next.setSelectionRange(from, to);
  });
}
