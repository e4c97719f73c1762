import 'server-only';
import { cookieName, SIGNUP_COOKIE } from '../cookie-names';
import { signValue, verifySignedValue } from '../crypto/cipher';
import { env } from '../env';

const SIGNUP_COOKIE_HOURS = 48;
export const signupCookie = (): string => cookieName(SIGNUP_COOKIE, env().NEXTAUTH_URL);

/** Lets the browser that signed up watch its progress and pay, and nothing else. */
export const signupToken = (organizationId: string, now = new Date()): { value: string; expires: Date } => {
  const expires = new Date(now.getTime() + SIGNUP_COOKIE_HOURS * 3_600_000);
  return { value: signValue('signup', organizationId, expires), expires };
};

export const readSignupToken = (token: string): string | null => verifySignedValue('signup', token);
