import 'server-only';
import { cookies } from 'next/headers';
import { cookieName, OWN_SIGNUP_COOKIE } from '../cookie-names';
import { signValue, verifySignedValue } from '../crypto/cipher';
import { env } from '../env';
import { getPrincipal } from './principal';

const PURPOSE = 'own-signup';
const nameOfCookie = (): string => cookieName(OWN_SIGNUP_COOKIE, env().NEXTAUTH_URL);

/**
 * Remembers that the password of this sign-up was typed in this browser, for as long as its mail can be
 * opened.
 */
export async function rememberOwnSignup(organizationId: string, expires: Date): Promise<void> {
  (await cookies()).set(nameOfCookie(), signValue(PURPOSE, organizationId, expires), {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL.startsWith('https://'),
    path: '/',
    expires,
  });
}

/** What this browser shows about its person: a signed-in session, or a sign-up made here. */
export async function browserOf() {
  const principal = await getPrincipal();
  const token = (await cookies()).get(nameOfCookie())?.value;
  return {
    ...(principal ? { userId: principal.userId, sessionId: principal.sessionId } : {}),
    signupOrganizationId: token ? verifySignedValue(PURPOSE, token) : null,
  };
}
