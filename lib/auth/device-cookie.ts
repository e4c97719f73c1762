import 'server-only';
import { cookies } from 'next/headers';
import { cookieName, DEVICE_COOKIE } from '../cookie-names';
import { hashToken, randomToken } from '../crypto/cipher';
import { env } from '../env';

const DEVICE_DAYS = 90;

/** Makes this browser a shared computer, if it is not one yet. @returns its id. */
export async function rememberDevice(known: string | undefined): Promise<string> {
  if (known) return known;
  const token = randomToken();
  (await cookies()).set(cookieName(DEVICE_COOKIE, env().NEXTAUTH_URL), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL.startsWith('https://'),
    path: '/',
    maxAge: DEVICE_DAYS * 86_400,
  });
  return hashToken(token);
}
