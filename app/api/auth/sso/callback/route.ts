import { cookies } from 'next/headers';
import { finishSingleSignOn } from '@/features/identity/single-sign-on/sign-in';
import { markGated } from '@/lib/actions/gated';
import { requestFacts } from '@/lib/auth/request';
import { setSessionCookie, ssoCookie } from '@/lib/auth/session-cookie';
import { SignInRefused } from '@/lib/auth/sign-in';
import type { SignInProblem } from '@/lib/auth/sign-in-problem';
import { env } from '@/lib/env';
import { isDatabaseUnavailable } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { paths } from '@/lib/paths';

/** Only to our own pages: the path is checked before it is kept, and again when it comes back. */
const to = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: new URL(path, env().NEXTAUTH_URL).toString() } });

const back = (problem: SignInProblem): Response => to(`${paths.login}?error=${problem}`);

/**
 * From an organization's identity provider: a code that is exchanged for who it is, once, in the browser that
 * began.
 */
export const GET = markGated(async (request: Request): Promise<Response> => {
  const facts = await requestFacts();
  const jar = await cookies();
  const { name, options } = ssoCookie();
  const sealed = jar.get(name)?.value;
  if (sealed) jar.set(name, '', { ...options, maxAge: 0 });
  try {
    const done = await finishSingleSignOn(new URL(request.url).search, sealed, facts);
    if (done.kind === 'in') {
      await setSessionCookie(done.person);
      return to(done.next ?? paths.today);
    }
    const query = new URLSearchParams({ step: done.challenge, methods: done.methods });
    if (done.next) query.set('next', done.next);
    return to(`${paths.login}?${query}`);
  } catch (error) {
    if (error instanceof SignInRefused) return back(error.problem);
    if (isDatabaseUnavailable(error)) return back('UNAVAILABLE');
    logger.error({ err: error, requestId: facts.requestId }, 'unexpected error after single sign-on');
    return back('SSO_FAILED');
  }
}, 'public');
