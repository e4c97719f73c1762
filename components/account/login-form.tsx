'use client';
import Link from 'next/link';
import { getCsrfToken } from 'next-auth/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { isSignInProblem, SIGN_IN_PROBLEMS, type SignInProblem } from '@/lib/auth/sign-in-problem';
import { type Challenge, PasskeyButton, SecondStep } from './second-step';

type Failure = {
  problem: SignInProblem;
  resumeToken?: string | undefined;
  requestId?: string | undefined;
  methods?: string[];
};

/** Signs in through next-auth and goes to `next`; each refusal has its own sentence and, where there is one, a way on. */
export function LoginForm({ next }: { next: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);
  const [isReady, setReady] = useState(false);
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => setReady(true), []);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setFailure(null);
    try {
      const failed = await signIn(String(form.get('email') ?? ''), String(form.get('password') ?? ''));
      if (!failed) {
        window.location.assign(next);
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

  if (challenge) return <SecondStep challenge={challenge} next={next} onBack={() => setChallenge(null)} />;
  return (
    <div className="grid gap-4">
      <form onSubmit={submit} method="post" className="space-y-5" noValidate>
        {failure ? (
          <Alert
            ref={summary}
            tabIndex={-1}
            live
            tone={
              failure.problem === 'PROVISIONING' || failure.problem === 'PAYMENT_PENDING' ? 'info' : 'danger'
            }
            title={SIGN_IN_PROBLEMS[failure.problem]}
          >
            {failure.resumeToken ? (
              <Link
                href={wayOn(failure.problem, failure.resumeToken).href}
                className="font-semibold underline underline-offset-2"
              >
                {wayOn(failure.problem, failure.resumeToken).label}
              </Link>
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
              required
            />
          )}
        </Field>
        <Field id="password" label="Password">
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          className="w-full"
          pending={pending}
          disabled={!isReady}
        >
          Sign in
        </Button>
      </form>
      <PasskeyButton next={next} />
    </div>
  );
}

/** null when signed in. */
async function signIn(email: string, password: string): Promise<Failure | null> {
  const csrfToken = (await getCsrfToken()) ?? '';
  const answer = await fetch('/api/auth/callback/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password, csrfToken, json: 'true', callbackUrl: '/today' }),
  });
  if (answer.status === 503) {
    const body: { requestId?: string } = await answer.json();
    return { problem: 'UNAVAILABLE', requestId: body.requestId };
  }
  const body: { url?: string } = await answer.json();
  const error = body.url ? new URL(body.url, window.location.origin).searchParams.get('error') : null;
  if (answer.ok && !error) return null;
  const [problem = '', resumeToken, methods = ''] = (error ?? '').split(':');
  if (isSignInProblem(problem)) return { problem, resumeToken, methods: methods.split(',').filter(Boolean) };
  return { problem: error === 'CredentialsSignin' ? 'WRONG_CREDENTIALS' : 'UNAVAILABLE' };
}

/** Where a refused person goes on: the token opens that one way and nothing else. */
function wayOn(problem: SignInProblem, token: string): { href: string; label: string } {
  const safe = encodeURIComponent(token);
  if (problem === 'ORGANIZATION_SUSPENDED') return { href: `/pay/${safe}`, label: 'Pay now' };
  if (problem === 'ORGANIZATION_EXPIRED') return { href: `/pay/${safe}`, label: 'Start again' };
  const href = `/signup/resume?token=${safe}`;
  return { href, label: problem === 'PAYMENT_PENDING' ? 'Continue to payment' : 'See the progress' };
}
