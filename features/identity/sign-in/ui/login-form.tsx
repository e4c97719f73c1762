'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { partOf } from '@/components/ui/part';
import {
  discoverSingleSignOnAction,
  startSingleSignOnAction,
} from '@/features/identity/single-sign-on/actions';
import { SIGN_IN_PROBLEMS, type SignInProblem } from '@/lib/auth/sign-in-problem';
import { PasskeyButton } from './passkey-button';
import type { Challenge } from './second-step';
import { loadAuth, type SignInFailure, signIn } from './sign-in';

/** A few need it. */
const secondStep = partOf(() => import('./second-step'));

/** Where the form leads; the list of all addresses stays on the server. */
export type SignInAddresses = {
  credentials: string;
  today: string;
  company: string;
  /** Before the token of a bill, and of a sign-up that goes on. */
  pay: string;
  resume: string;
};

/**
 * Signs in through next-auth and goes to `next`; each refusal has its own sentence and, where there is one, a
 * way on.
 */
export function LoginForm({
  next,
  home,
  addresses,
  problem,
  step,
}: {
  next: string;
  /** The page that leads whom it knows to where they belong: a hospital's person or one of the company. */
  home: string;
  addresses: SignInAddresses;
  /** What the way back from an organization's own sign-in page says. */
  problem?: SignInProblem | null;
  step?: Challenge | null;
}) {
  const [failure, setFailure] = useState<SignInFailure | null>(problem ? { problem } : null);
  const [isSingleSignOn, setSingleSignOn] = useState(false);
  const [pending, setPending] = useState(false);
  const [isReady, setReady] = useState(false);
  const [challenge, setChallenge] = useState<Challenge | null>(step ?? null);
  const second = secondStep.usePart(challenge !== null, () => setChallenge(null));
  const credentials = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => setReady(true), []);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);

  async function goToProvider(email: string) {
    setPending(true);
    setFailure(null);
    try {
      const refusal = await leaveForProvider(email, next);
      if (refusal === null) return;
      setFailure({ problem: 'SSO_UNAVAILABLE', sentence: refusal });
    } catch {
      setFailure({ problem: 'UNAVAILABLE' });
    }
    setPending(false);
  }

  /**
   * An address at a domain with a provider of its own is led there; which people have an account is not
   * asked.
   */
  async function lookUp(email: string) {
    if (!email.includes('@')) return;
    const form = new FormData();
    form.set('email', email);
    try {
      const answer = await discoverSingleSignOnAction({ status: 'idle' }, form);
      setSingleSignOn(answer.status === 'ok' && answer.data.isOffered);
    } catch {
      // Without an answer the password is asked for, as ever.
    }
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (isSingleSignOn && !form.get('password')) return goToProvider(String(form.get('email') ?? ''));
    setPending(true);
    setFailure(null);
    try {
      const failed = await signIn(
        String(form.get('email') ?? ''),
        String(form.get('password') ?? ''),
        addresses,
      );
      if (!failed) {
        window.location.assign(`${home}?${new URLSearchParams({ next })}`);
        return;
      }
      if (failed.problem === 'SECOND_FACTOR' && failed.resumeToken) {
        setChallenge({ token: failed.resumeToken, methods: failed.methods ?? [] });
        setPending(false);
        return;
      }
      setFailure(failed);
    } catch {
      setFailure({ problem: 'UNAVAILABLE' });
    }
    setPending(false);
  }

  const go = (isPlatform: boolean) => window.location.assign(isPlatform ? addresses.company : next);
  if (challenge)
    return second ? (
      <second.SecondStep challenge={challenge} onDone={go} onBack={() => setChallenge(null)} />
    ) : (
      <p role="status" className="text-text-muted">
        One moment
      </p>
    );
  const wayOn = failure?.resumeToken ? wayOnOf(failure.problem, failure.resumeToken, addresses) : null;
  return (
    <div className="grid gap-4">
      <form
        ref={credentials}
        onSubmit={submit}
        onFocus={() => void loadAuth().catch(() => undefined)}
        method="post"
        className="space-y-5"
        noValidate
      >
        {failure ? (
          <Alert
            ref={summary}
            tabIndex={-1}
            live
            tone={
              failure.problem === 'PROVISIONING' || failure.problem === 'PAYMENT_PENDING' ? 'info' : 'danger'
            }
            title={failure.sentence ?? SIGN_IN_PROBLEMS[failure.problem]}
          >
            {wayOn ? (
              <a href={wayOn.href} className="font-semibold underline underline-offset-2">
                {wayOn.label}
              </a>
            ) : null}
            {failure.requestId ? <p className="mt-1 text-xs">Reference: {failure.requestId}</p> : null}
          </Alert>
        ) : null}
        <Field id="email" label="Email">
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="username"
              inputMode="email"
              onBlur={(event) => void lookUp(event.currentTarget.value)}
              required
            />
          )}
        </Field>
        {isSingleSignOn ? (
          <p role="status" className="text-[13px] text-text-muted">
            Your organization has its own sign-in page. Continue with single sign-on; no password is needed.
          </p>
        ) : null}
        <Field id="password" label="Password">
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <Button
          type="submit"
          variant={isSingleSignOn ? 'secondary' : 'primary'}
          size="lg"
          className="w-full"
          pending={pending}
          disabled={!isReady}
        >
          Sign in
        </Button>
      </form>
      <Button
        size="lg"
        variant={isSingleSignOn ? 'primary' : 'secondary'}
        className="w-full"
        disabled={!isReady || pending}
        onClick={() =>
          void goToProvider(
            credentials.current ? String(new FormData(credentials.current).get('email') ?? '') : '',
          )
        }
      >
        Continue with single sign-on
      </Button>
      <PasskeyButton onDone={go} />
    </div>
  );
}

/** To the organization's own sign-in page. @returns why not; null when the browser is on its way. */
async function leaveForProvider(email: string, next: string): Promise<string | null> {
  const form = new FormData();
  form.set('email', email);
  form.set('next', next);
  const answer = await startSingleSignOnAction({ status: 'idle' }, form);
  if (answer.status === 'ok') {
    window.location.assign(answer.data.url);
    return null;
  }
  if (answer.status === 'invalid') return answer.fieldErrors.email?.[0] ?? answer.message ?? '';
  return answer.status === 'error' ? answer.message : '';
}

/** Where a refused person goes on: the token opens that one way and nothing else. */
function wayOnOf(
  problem: SignInProblem,
  token: string,
  { pay, resume }: SignInAddresses,
): { href: string; label: string } {
  const safe = encodeURIComponent(token);
  if (problem === 'ORGANIZATION_SUSPENDED') return { href: `${pay}${safe}`, label: 'Pay now' };
  if (problem === 'ORGANIZATION_EXPIRED') return { href: `${pay}${safe}`, label: 'Start again' };
  const label = problem === 'PAYMENT_PENDING' ? 'Continue to payment' : 'See the progress';
  return { href: `${resume}${safe}`, label };
}
