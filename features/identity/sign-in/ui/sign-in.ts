'use client';
import { isSignInProblem, type SignInProblem } from '@/lib/auth/sign-in-problem';

export type SignInFailure = {
  problem: SignInProblem;
  resumeToken?: string | undefined;
  requestId?: string | undefined;
  sentence?: string;
  methods?: string[];
};

/** Fetched with the first field that is used, not with the page. */
export const loadAuth = () => import('next-auth/react');

/** null when signed in. */
export async function signIn(
  email: string,
  password: string,
  { credentials, today }: { credentials: string; today: string },
): Promise<SignInFailure | null> {
  const { getCsrfToken } = await loadAuth();
  const csrfToken = (await getCsrfToken()) ?? '';
  const answer = await fetch(credentials, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password, csrfToken, json: 'true', callbackUrl: today }),
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
