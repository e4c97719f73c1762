import 'server-only';
import { cookies } from 'next/headers';
import { encode } from 'next-auth/jwt';
import { authCookies, cookieName, SSO_COOKIE } from '../cookie-names';
import { env } from '../env';
import { rememberKnownDevice } from './known-device';
import { CHALLENGE_MINUTES, SESSION_HOURS } from './limits';
import type { SignedIn } from './sign-in';

/** The claims of a session: a hint for the middleware, never the truth. */
export const claimsOf = (person: SignedIn) => ({
  sub: person.id,
  name: person.name,
  email: person.email,
  organizationId: person.organizationId,
  role: person.role,
  sessionId: person.sessionId,
});

/**
 * The same cookie that next-auth sets after a password: for the ways in that are server actions or routes of
 * ours.
 */
export async function setSessionCookie(person: SignedIn): Promise<void> {
  const { name, options } = authCookies(env().NEXTAUTH_URL).sessionToken;
  const maxAge = SESSION_HOURS * 3_600;
  const value = await encode({ token: claimsOf(person), secret: env().NEXTAUTH_SECRET, maxAge });
  (await cookies()).set(name, value, { ...options, maxAge });
  await rememberKnownDevice(person.id);
}

/** What the browser keeps while its person is at an identity provider; sealed, and gone after ten minutes. */
export function ssoCookie() {
  const { options } = authCookies(env().NEXTAUTH_URL).sessionToken;
  return {
    name: cookieName(SSO_COOKIE, env().NEXTAUTH_URL),
    options: { ...options, maxAge: CHALLENGE_MINUTES * 60 },
  };
}
