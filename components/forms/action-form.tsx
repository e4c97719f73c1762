'use client';

import { clsx } from 'clsx';
import {
  Fragment,
  type ReactNode,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { later } from '@/components/ui/later';
import type { ActionResult, FormAction } from '@/lib/action-result';
import { newRequestKey, REQUEST_KEY } from '@/lib/request-key';
import type { Version } from '@/lib/revision';
import { toast } from '../ui/toast';
import { afterPaint } from './after-paint';
import { afterSave, type Beginning, type DraftOf, isOther, type Keeper, type LastPress } from './beginning';
import { ErrorSummary, problemOf } from './error-summary';
import { FormContext, type FormContextValue, FormProgress } from './form-context';
import { type LoadSchema, mistakesIn, warmUp } from './form-schema';
import { valuesBefore, valuesOf } from './form-values';
import { saveFirst } from './hand-on';
import { keepAll } from './open-forms';
import { isPassing, isSignedOut, isUnsure, send } from './send';
import { signInAgain } from './signed-out';
import { UnsavedChanges } from './unsaved-changes';
import { useLabels, useOpenForm } from './use-open-form';
import { useRetry } from './use-retry';

export { FormActions, SubmitButton } from './submit-button';

// Fetched by the forms that keep drafts, after the page.
const DraftKeeper = later(() => import('./draft-keeper').then((file) => file.DraftKeeper), {
  isAwaited: false,
});
const Meanwhile = later(() => import('./meanwhile').then((file) => file.Meanwhile), { isAwaited: false });

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_ERRORS: Record<string, string[]> = {};
const NO_VALUES: Record<string, string> = {};

export type ActionFormProps<T> = {
  action: FormAction<T>;
  children: ReactNode;
  /** The schema of the action, checked in the browser first; fetched at the first use, not with the page. */
  schema?: LoadSchema;
  onSuccess?: (data: T) => void;
  /** Shown in the corner; otherwise the answer's own message is, if it has one. */
  successMessage?: string;
  /** Empties the form after success, for adding one after the other. */
  resetOnSuccess?: boolean;
  /** false where there is nothing to lose: sign-in, a search. */
  warnOnLeave?: boolean;
  /** Saves what else is open on the page first: for what hands a patient on. */
  savesFirst?: boolean;
  /** Keeps what is typed at the server, for every form that takes more than a few seconds. */
  draft?: DraftOf;
  /** Of the record that it changes, as the page shows it; a draft says it with its own. */
  version?: Version;
  label?: string;
  id?: string;
  className?: string;
};

/**
 * A form whose server action answers an `ActionResult`. Keeps what was typed, whatever happens to the save:
 * puts errors beside fields and in a summary, tries again what had no answer, asks to sign in again in place,
 * and says what a colleague has saved meanwhile.
 */
export function ActionForm<T>({
  action,
  children,
  schema,
  onSuccess,
  successMessage,
  resetOnSuccess = false,
  warnOnLeave = true,
  savesFirst = false,
  draft,
  version: ownVersion,
  label = '',
  id,
  className,
}: ActionFormProps<T>) {
  const shown = ownVersion ?? draft?.version;
  const ownId = useId();
  const formId = id ?? ownId;
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [isDirty, setIsDirty] = useState(false);
  const typed = useRef(false);
  const [edited, setEdited] = useState(NO_NAMES);
  const [labels, registerLabel] = useLabels();
  // Of the same kind: a sentence by the name of its field, for as long as it is shown.
  const [problems, registerProblem] = useLabels();
  const [round, setRound] = useState(0);
  const [begun, setBegun] = useState<Beginning>({ values: null, base: null, version: shown });
  const press = useRef<LastPress>({ key: null, button: null, base: null, version: undefined });
  const lastInput = useRef(0);
  const pressedAt = useRef(0);
  const settled = useRef<((state: ActionResult) => void)[]>([]);
  const keeper = useRef<Keeper | null>(null);
  const hasTyped = useCallback(() => typed.current, []);
  const setDirty = useCallback((is: boolean) => {
    typed.current = is;
    setIsDirty(is);
  }, []);

  /** What was typed after the press is not in what was saved. */
  const hasTypedSince = () => !resetOnSuccess && lastInput.current > pressedAt.current;

  const [state, submit, isUnderWay] = useActionState<ActionResult<T>, FormData>(
    async (previous, data) => {
      const answer = (schema && (await mistakesIn(schema, data))) ?? (await send(action, previous, data));
      // Not in the effect: a form whose row leaves with the answer has none any more.
      const message = answer.status === 'ok' && (successMessage ?? answer.message);
      if (message) toast.success(message);
      if (answer.status === 'ok' && !hasTypedSince() && !draft?.isPreview) keeper.current?.forget();
      return answer;
    },
    { status: 'idle' },
  );
  const [settledState, setSettledState] = useState(state);
  // From the press to the frame that shows it; what it starts comes after.
  const [isPressed, setPressed] = useState(false);
  const isGoing = useRef(false);
  const isPending = isPressed || isUnderWay;

  /** As its button does; without one, as the last time. */
  const resend = (button: HTMLElement | null = press.current.button) => {
    const element = form.current;
    if (!element || isUnderWay) return;
    const isThere = button?.isConnected && button.closest('form') === element;
    const data = new FormData(element, isThere ? button : null);
    press.current.key ??= newRequestKey();
    press.current.button = button;
    press.current.base = valuesOf(element);
    press.current.version = begun.version;
    pressedAt.current = performance.now();
    data.set(REQUEST_KEY, press.current.key);
    if (begun.version !== undefined) data.set('version', String(begun.version));
    startTransition(() => submit(data));
  };
  useRetry(state, lastInput, resend);

  const go = async (button: HTMLElement | null) => {
    if (isGoing.current || isUnderWay) return;
    isGoing.current = true;
    setPressed(true);
    await afterPaint();
    let problem: string | null = null;
    try {
      if (savesFirst) problem = await saveFirst();
    } finally {
      isGoing.current = false;
      setPressed(false);
    }
    if (problem) toast.error(problem);
    else latest.current.resend(button);
  };

  // The latest callbacks without making the effects below run for new functions.
  const now = { onSuccess, resend, hasTypedSince, labels, isRestored: begun.values !== null };
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  useEffect(() => {
    if (state.status === 'idle') return;
    setSettledState(state);
    setEdited(NO_NAMES);
    // The next press is another one; a press without an answer stays the same.
    if (!isUnsure(state)) press.current.key = null;
    for (const settle of settled.current.splice(0)) settle(state);
    if (isSignedOut(state) && !form.current?.closest('[data-sign-in]')) {
      void signInAgain().then((isBack) => (isBack ? latest.current.resend() : summary.current?.focus()));
      return;
    }
    if (state.status !== 'ok') {
      if (!isPassing(state)) summary.current?.focus();
      return;
    }
    const hasMore = latest.current.hasTypedSince();
    setDirty(hasMore);
    // The record is now one version further, by this save.
    const { base, version } = press.current;
    setBegun(({ values }) => ({
      values: resetOnSuccess ? null : values,
      base,
      version: afterSave(version),
    }));
    if (resetOnSuccess) {
      form.current?.reset();
      // What was brought back is not what the form begins with next time.
      if (latest.current.isRestored) setRound((number) => number + 1);
    }
    latest.current.onSuccess?.(state.data);
  }, [state, resetOnSuccess, setDirty]);

  // What the form says before anybody types, to tell later what was typed: people type into a page as soon as
  // they see it, and no event tells of what was typed before it was awake.
  const isKeptWhileTyped = draft !== undefined;
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const before = isKeptWhileTyped ? valuesBefore(element) : null;
    setBegun((now) => (now.base ? now : { ...now, base: before ?? valuesOf(element) }));
    if (!before) return;
    lastInput.current = performance.now();
    setDirty(true);
  }, [isKeptWhileTyped, setDirty]);

  /** Begins again with values that were brought back or put together. */
  const begin = useCallback(
    (next: Beginning, isTyped: boolean, isMounted: boolean) => {
      setBegun(next);
      setDirty(isTyped);
      if (!isMounted) setRound((number) => number + 1);
    },
    [setDirty],
  );

  const isUnsaved = isDirty && (isPending || state.status !== 'ok' || lastInput.current > pressedAt.current);
  useOpenForm(isUnsaved && warnOnLeave, label, {
    isKept: () => keeper.current?.isKept() ?? false,
    keep: async () => keeper.current?.keep() ?? false,
    save: () =>
      new Promise((resolve) => {
        settled.current.push((answer) => resolve(problemOf(answer, latest.current.labels)));
        latest.current.resend(form.current?.querySelector<HTMLElement>('[type="submit"]') ?? null);
      }),
  });

  const restored = begun.values ?? undefined;
  const fieldErrors = state.status === 'invalid' ? state.fieldErrors : NO_ERRORS;
  const values = state.status === 'invalid' || state.status === 'error' ? state.values : NO_VALUES;
  const context = useMemo<FormContextValue>(
    () => ({
      formId,
      errorFor: (name) => (edited.has(name) ? undefined : fieldErrors[name]?.[0]),
      valueFor: (name) => {
        const value = restored?.[name];
        return typeof value === 'string' ? value : values[name];
      },
      restored,
      registerLabel,
      registerProblem,
      hasTyped,
    }),
    [formId, fieldErrors, values, edited, restored, registerLabel, registerProblem, hasTyped],
  );
  const progress = useMemo(() => ({ state, isPending }), [state, isPending]);

  // One's own save is taken in first: with it comes the page that shows it.
  const isBehind = isOther(shown, begun.version) && !isPending && settledState === state;
  return (
    <FormContext value={context}>
      <FormProgress value={progress}>
        <form
          ref={form}
          id={formId}
          // Without script the browser posts to the action; with it the answer arrives without React emptying
          // the fields.
          action={submit}
          noValidate
          // The browser would keep what is typed by itself, and put it back behind React's back.
          {...(draft ? { autoComplete: 'off' } : {})}
          aria-label={label || undefined}
          data-unsaved={isUnsaved ? '' : undefined}
          className={clsx('form-stack', className)}
          onFocus={schema && warmUp(schema)}
          onInput={(event) => {
            if (isOfInner(event)) return;
            setDirty(true);
            lastInput.current = performance.now();
            const name = fieldName(event.target);
            // Where nothing is said to be wrong, no field looks otherwise for having been typed in.
            if (name && name in fieldErrors)
              setEdited((earlier) => (earlier.has(name) ? earlier : new Set(earlier).add(name)));
          }}
          onSubmit={(event) => {
            if (isOfInner(event)) return;
            event.preventDefault();
            const { submitter } =
              event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : { submitter: null };
            void go(submitter);
          }}
        >
          {draft ? (
            <DraftKeeper
              ref={keeper}
              form={form}
              draft={draft}
              begun={begun}
              isDirty={isUnsaved}
              begin={begin}
            />
          ) : null}
          {shown !== undefined && (isBehind || (state.status === 'error' && state.code === 'CONFLICT')) ? (
            <Meanwhile
              form={form}
              begun={begun}
              version={shown}
              refusal={state.status === 'error' ? state.message : null}
              isDirty={isDirty}
              labels={labels}
              begin={begin}
              save={() => latest.current.resend()}
            >
              {children}
            </Meanwhile>
          ) : null}
          <ErrorSummary
            ref={summary}
            state={state}
            formId={formId}
            labels={labels}
            problems={problems}
            onReload={() => void keepAll().then(() => window.location.reload())}
          />
          {begun.version === undefined ? null : <input type="hidden" name="version" value={begun.version} />}
          <Fragment key={round}>{children}</Fragment>
          {warnOnLeave && isUnsaved ? <UnsavedChanges /> : null}
        </form>
      </FormProgress>
    </FormContext>
  );
}

/**
 * Whether it happened in a form of a dialog that stands inside of this one: React passes events on by its own
 * tree, and the form on the page would be sent with that of the dialog.
 */
const isOfInner = ({
  target,
  currentTarget,
}: {
  target: EventTarget;
  currentTarget: HTMLFormElement;
}): boolean => target instanceof Node && !currentTarget.contains(target);

function fieldName(target: EventTarget): string | null {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  // A row of a list is posted with its list, and says by itself what it is called.
  return isField ? target.name || (target.dataset.field ?? null) : null;
}
