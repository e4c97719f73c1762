'use client';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { isAnythingUnkept } from '@/components/forms/open-forms';
import { leaveWithoutAsking } from '@/components/forms/unsaved-changes';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PinAgainForm } from '@/features/identity/shared-computer/ui/pin-forms';
import { SIGN_IN_PROBLEMS } from '@/lib/auth/sign-in-problem';
import { paths } from '@/lib/paths';
import { readSession } from './read-session';
import { type Challenge, SecondStep } from './second-step';
import { signIn } from './sign-in';

const NO_ANSWER = 'We cannot reach the server right now. What you typed is still here; try again.';

/** Above the covered page: its person comes back with a PIN, with a password, or in another tab. */
export function SignInLayer({
  name,
  email,
  onBack,
}: {
  name: string;
  email: string;
  /** With whose session this browser has now. */
  onBack: (place: string | undefined) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [person, setPerson] = useState<string | null>(null);
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [isWarned, setWarned] = useState(false);

  /** The server says who is here; a session that opened in another tab counts as well. */
  const look = useCallback(async () => {
    try {
      const state = await readSession();
      if (state.place) onBack(state.place);
      else setPerson(state.person ?? null);
    } catch {
      setProblem(NO_ANSWER);
    }
  }, [onBack]);
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    void latest.current();
    const again = () => void latest.current();
    // What lies under it must not take a press or the focus here for one outside of itself, and close.
    const quiet = (event: Event) => event.stopPropagation();
    const stay = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener('focus', again);
    addEventListener('keydown', stay, { capture: true });
    for (const type of ['pointerdown', 'focusin']) element?.addEventListener(type, quiet);
    return () => {
      removeEventListener('focus', again);
      removeEventListener('keydown', stay, { capture: true });
      for (const type of ['pointerdown', 'focusin']) element?.removeEventListener(type, quiet);
      element?.close();
    };
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    setPending(true);
    setProblem(null);
    try {
      const failed = await signIn(email, password, paths);
      if (!failed) await look();
      else if (failed.problem === 'SECOND_FACTOR' && failed.resumeToken)
        setChallenge({ token: failed.resumeToken, methods: failed.methods ?? [] });
      else setProblem(failed.sentence ?? SIGN_IN_PROBLEMS[failed.problem]);
    } catch {
      setProblem(NO_ANSWER);
    }
    setPending(false);
  }

  return (
    <dialog
      ref={dialog}
      data-sign-in=""
      aria-labelledby="sign-in-again"
      onCancel={(event) => event.preventDefault()}
      className="pointer-events-auto m-auto w-[calc(100vw-2rem)] max-w-sm rounded-xl border border-border bg-surface-raised p-6 text-text shadow-overlay backdrop:bg-overlay"
    >
      <h2 id="sign-in-again" className="font-semibold text-lg leading-snug">
        Sign in again, {name}
      </h2>
      <p className="mt-1 mb-5 text-sm text-text-muted">
        Your session has ended. What you typed is still here, and goes on where you were.
      </p>
      <div className="grid gap-4">
        {problem ? (
          <Alert tone="danger" live>
            {problem}
          </Alert>
        ) : null}
        {isWarned ? (
          <Alert tone="warning" live>
            The last words that {name} typed are not kept at the server yet, and would be lost.
          </Alert>
        ) : null}
        {challenge ? (
          <SecondStep challenge={challenge} onBack={() => setChallenge(null)} onDone={() => void look()} />
        ) : person ? (
          <>
            <PinAgainForm person={person} onDone={() => void look()} />
            <Button variant="ghost" size="sm" onClick={() => setPerson(null)}>
              Use your password
            </Button>
          </>
        ) : (
          <form onSubmit={submit} method="post" className="grid gap-4">
            <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
            <Field id="password-again" label="Password" help={email}>
              {(control) => (
                <Input
                  {...control}
                  name="password"
                  type="password"
                  autoComplete="current-password"
                  autoFocus
                  required
                />
              )}
            </Field>
            <Button type="submit" variant="primary" size="lg" className="w-full" pending={pending}>
              Sign in
            </Button>
          </form>
        )}
        <p className="flex flex-wrap justify-between gap-2 text-[13px] text-text-muted">
          <a href={paths.login} target="_blank" rel="noreferrer" className="hover:text-text hover:underline">
            Another way, in a new tab
          </a>
          <button
            type="button"
            className="hover:text-text hover:underline"
            onClick={() => {
              if (isAnythingUnkept() && !isWarned) setWarned(true);
              else leaveWithoutAsking(person ? paths.switchUser : paths.login);
            }}
          >
            {isWarned ? 'Leave all the same' : 'I am somebody else'}
          </button>
        </p>
      </div>
    </dialog>
  );
}
