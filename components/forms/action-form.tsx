'use client';

import {
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
import type { ActionResult, FormAction } from '@/lib/action-result';
import { type FormSchema, invalidResult, readFields } from '@/lib/forms';
import { Alert } from '../ui/alert';
import { Button, type ButtonProps } from '../ui/button';
import { cn } from '../ui/cn';
import { toast } from '../ui/toast';
import { FormContext, type FormContextValue, useFormState } from './form-context';
import { UnsavedChanges } from './unsaved-changes';

type LoadSchema = () => Promise<FormSchema>;

/** Null when all is well, and when the schema cannot be had: the server checks in any case. */
async function mistakesIn(schema: LoadSchema, data: FormData): Promise<ActionResult<never> | null> {
  const fields = readFields(data);
  const loaded = await schema().catch(() => null);
  const issues = (fields && loaded?.safeParse(fields).error?.issues) || [];
  return fields && issues.length > 0 ? invalidResult(issues, fields) : null;
}

/** Fetches the schema while somebody types, so that it does not hold up the first press. */
const warmUp = (schema: LoadSchema) => () => {
  schema().catch(() => undefined);
};

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
  label?: string;
  id?: string;
  className?: string;
};

/**
 * A form whose server action answers an `ActionResult`. Keeps what was typed, puts errors beside fields and
 * in a summary.
 */
export function ActionForm<T>({
  action,
  children,
  schema,
  onSuccess,
  successMessage,
  resetOnSuccess = false,
  warnOnLeave = true,
  label,
  id,
  className,
}: ActionFormProps<T>) {
  const ownId = useId();
  const formId = id ?? ownId;
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [isDirty, setDirty] = useState(false);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});

  const [state, submit, isPending] = useActionState<ActionResult<T>, FormData>(
    async (previous, data) => {
      return (schema && (await mistakesIn(schema, data))) ?? action(previous, data);
    },
    { status: 'idle' },
  );

  // The latest callback without making the effect below run for a new function.
  const succeed = useRef(onSuccess);
  useEffect(() => {
    succeed.current = onSuccess;
  });
  useEffect(() => {
    if (state.status === 'idle') return;
    setEdited(new Set());
    if (state.status !== 'ok') {
      summary.current?.focus();
      return;
    }
    setDirty(false);
    if (resetOnSuccess) form.current?.reset();
    const message = successMessage ?? state.message;
    if (message) toast.success(message);
    succeed.current?.(state.data);
  }, [state, resetOnSuccess, successMessage]);

  const registerLabel = useCallback((name: string, text: string) => {
    setLabels((known) => (known[name] === text ? known : { ...known, [name]: text }));
    return () =>
      setLabels((known) => {
        const { [name]: _gone, ...rest } = known;
        return rest;
      });
  }, []);

  const context = useMemo<FormContextValue>(() => {
    const fieldErrors = state.status === 'invalid' ? state.fieldErrors : {};
    const values = state.status === 'invalid' || state.status === 'error' ? state.values : {};
    return {
      formId,
      state,
      isPending,
      isDirty,
      errorFor: (name) => (edited.has(name) ? undefined : fieldErrors[name]?.[0]),
      valueFor: (name) => values[name],
      registerLabel,
    };
  }, [formId, state, isPending, isDirty, edited, registerLabel]);

  return (
    <FormContext value={context}>
      <form
        ref={form}
        id={formId}
        // Without script the browser posts to the action; with it the answer arrives without React emptying
        // the fields.
        action={submit}
        noValidate
        aria-label={label}
        className={cn('grid gap-5', className)}
        onFocus={schema && warmUp(schema)}
        onInput={(event) => {
          setDirty(true);
          const name = fieldName(event.target);
          if (name) setEdited((earlier) => (earlier.has(name) ? earlier : new Set(earlier).add(name)));
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending) return;
          const { submitter } =
            event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : { submitter: null };
          const data = new FormData(event.currentTarget, submitter);
          startTransition(() => submit(data));
        }}
      >
        <ErrorSummary ref={summary} state={state} formId={formId} labels={labels} />
        {children}
        {warnOnLeave && isDirty && !isPending && state.status !== 'ok' ? <UnsavedChanges /> : null}
      </form>
    </FormContext>
  );
}

function fieldName(target: EventTarget): string | null {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField && target.name ? target.name : null;
}

function ErrorSummary({
  ref,
  state,
  formId,
  labels,
}: {
  ref: React.Ref<HTMLDivElement>;
  state: ActionResult;
  formId: string;
  labels: Readonly<Record<string, string>>;
}) {
  if (state.status === 'error') {
    return (
      <Alert ref={ref} tabIndex={-1} tone="danger" title={state.message} live>
        {state.requestId ? (
          <>
            Reference: <code className="break-all">{state.requestId}</code>
          </>
        ) : null}
      </Alert>
    );
  }
  if (state.status !== 'invalid') return null;
  const entries = Object.entries(state.fieldErrors).flatMap(([name, messages]) =>
    messages[0] ? [{ name, message: messages[0] }] : [],
  );
  const general = entries.find((entry) => entry.name === 'form');
  const fields = entries.filter((entry) => entry.name !== 'form');
  const title =
    general?.message ??
    (fields.length === 1 ? 'One thing needs your attention' : `${fields.length} things need your attention`);
  return (
    <Alert ref={ref} tabIndex={-1} tone="danger" title={title} live>
      {fields.length > 0 ? (
        <ul className="grid gap-1">
          {fields.map(({ name, message }) => (
            <li key={name}>
              <a
                href={`#${formId}-${name}`}
                className="text-text underline underline-offset-2"
                onClick={(event) => focusField(event, formId, name)}
              >
                {labels[name] ? `${labels[name]}: ` : ''}
                {message}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </Alert>
  );
}

function focusField(event: { preventDefault: () => void }, formId: string, name: string) {
  const target = document.getElementById(`${formId}-${name}`);
  if (!target) return;
  event.preventDefault();
  const control =
    target instanceof HTMLFieldSetElement
      ? target.querySelector<HTMLElement>('input:checked, input')
      : target;
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

/** Sends the form around it; waits with a spinner and takes no second click. */
export function SubmitButton({
  children,
  pendingLabel,
  variant = 'primary',
  ...props
}: ButtonProps & { pendingLabel?: ReactNode }) {
  const { isPending } = useFormState();
  return (
    <Button type="submit" variant={variant} pending={isPending} {...props}>
      {isPending && pendingLabel ? pendingLabel : children}
    </Button>
  );
}

/** The row of buttons at the end of a form; on a phone each takes the width. */
export function FormActions({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn('flex flex-wrap gap-2 pt-1 max-sm:flex-col [&>*]:max-sm:h-11', className)}>
      {children}
    </div>
  );
}
