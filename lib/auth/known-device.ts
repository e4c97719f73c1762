import 'server-only';
import { cookies } from 'next/headers';
import { cookieName, KNOWN_DEVICE_COOKIE } from '../cookie-names';
import { randomToken, signValue, verifySignedValue } from '../crypto/cipher';
import { env } from '../env';

const DAYS = 180;
/** A computer that more people sign in at knows the last ones. */
const MOST_PEOPLE = 8;

type Known = { userId: string; device: string; token: string };

/**
 * A browser in which a person has signed in before has wrong passwords counted for itself (OWASP, device
 * cookies): strangers who use up the tries of an account, or of the address that a whole hospital shares, do
 * not keep its people out. The cookie names the person by id, so that who signed up with somebody else's
 * address is not known for that somebody's account.
 */
export function knownDevice(cookie: string | undefined, userId: string | undefined): string | null {
  if (!userId) return null;
  return read(cookie).find((one) => one.userId === userId)?.device ?? null;
}

/** Whether this browser is known for anybody, and as which device. */
export const anyKnownDevice = (cookie: string | undefined): string | null => read(cookie)[0]?.device ?? null;

/** Makes this browser one that the person has signed in with; call it after a success. */
export async function rememberKnownDevice(userId: string, now = new Date()): Promise<void> {
  const jar = await cookies();
  const name = cookieName(KNOWN_DEVICE_COOKIE, env().NEXTAUTH_URL);
  const others = read(jar.get(name)?.value).filter((one) => one.userId !== userId);
  const expiresAt = new Date(now.getTime() + DAYS * 86_400_000);
  const token = signValue('known-device', `${userId}:${randomToken()}`, expiresAt);
  const value = [token, ...others.map((one) => one.token)].slice(0, MOST_PEOPLE).join('~');
  jar.set(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().NEXTAUTH_URL.startsWith('https://'),
    path: '/',
    maxAge: DAYS * 86_400,
  });
}

function read(cookie: string | undefined): Known[] {
  const known: Known[] = [];
  for (const token of (cookie ?? '').split('~').slice(0, MOST_PEOPLE)) {
    const [userId, device] = verifySignedValue('known-device', token)?.split(':') ?? [];
    if (userId && device) known.push({ userId, device, token });
  }
  return known;
}
