'use client';
import {
  createContext,
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { ActionResult } from '@/lib/action-result';

type FormAction<T> = (previous: ActionResult<T>, form: FormData) => Promise<ActionResult<T>>;

type FormState = { pending: boolean; errorOf: (name: string) => string | undefined; valueOf: (name: string) => string | undefined };
const Context = createContext<FormState>({ pending: false, errorOf: () => undefined, valueOf: () => undefined });

/** The state of the surrounding form, for fields and buttons. */
export const useFormContext = (): FormState => useContext(Context);

type ActionFormProps<T> = {
  action: FormAction<T>;
  children: ReactNode;
  onSuccess?: (data: T) => void;
  className?: string;
  /** Asks before leaving with changes. */
  guard?: boolean;
  /** Empties the form after success. */
  resetOnSuccess?: boolean;
  label?: string;
};

/** A form around a server action: keeps what was typed, shows errors beside the fields and in a summary that takes the focus. */
export function ActionForm<T>({ action, children, onSuccess, className, guard = false, resetOnSuccess, label }: ActionFormProps<T>) {
  const [state, dispatch, pending] = useActionState<ActionResult<T>, FormData>(action, { status: 'idle' });
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [isDirty, setDirty] = useState(false);
  const handled = useRef<ActionResult<T>>(state);

  useEffect(() => {
    if (handled.current === state) return;
    handled.current = state;
    if (state.status === 'ok') {
      setDirty(false);
      if (state.message) toast.success(state.message);
      if (resetOnSuccess) form.current?.reset();
      onSuccess?.(state.data);
    } else if (state.status !== 'idle') {
      summary.current?.focus();
    }
  }, [state, onSuccess, resetOnSuccess]);

  useEffect(() => {
    if (!guard || !isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [guard, isDirty]);

  // Sent by hand, because React empties a form after its action, and people would type again what was refused.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const data = new FormData(event.currentTarget, submitter);
    startTransition(() => dispatch(data));
  }

  const errors = state.status === 'invalid' ? state.fieldErrors : {};
  const values = state.status === 'invalid' || state.status === 'error' ? state.values : {};
  const context: FormState = { pending, errorOf: (name) => errors[name]?.[0], valueOf: (name) => values[name] };

  return (
    <Context value={context}>
      <form ref={form} action={dispatch} onSubmit={submit} onChange={() => setDirty(true)} className={cn('space-y-5', className)} noValidate aria-label={label}>
        {state.status === 'invalid' || state.status === 'error' ? (
          <div ref={summary} tabIndex={-1} className="rounded-lg">
            <Alert tone="danger" role="alert">
              <p>{state.message ?? 'Please check the marked fields.'}</p>
              {state.status === 'error' && state.requestId ? <p className="mt-1 text-xs">Reference: {state.requestId}</p> : null}
              {state.status === 'invalid' && Object.keys(errors).length > 1 ? (
                <ul className="mt-1 list-disc pl-5">
                  {Object.entries(errors).map(([name, messages]) => (
                    <li key={name}>
                      <a href={`#${name}`} className="underline underline-offset-2">
                        {messages[0]}
                      </a>
                    </li>
                  ))}
                </ul>
              ) : null}
            </Alert>
          </div>
        ) : null}
        {children}
      </form>
    </Context>
  );
}

export function SubmitButton({ children, variant, size, name, value, className }: { children: ReactNode; variant?: 'primary' | 'secondary' | 'danger' | 'ghost'; size?: 'sm' | 'md' | 'lg'; name?: string; value?: string; className?: string }) {
  const { pending } = useFormContext();
  return (
    <Button type="submit" pending={pending} variant={variant} size={size} name={name} value={value} className={className}>
      {children}
    </Button>
  );
}
