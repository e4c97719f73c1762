import { LRUCache } from 'lru-cache';
import { decode, type JWT } from 'next-auth/jwt';
import { cookieName, SESSION_COOKIE } from './cookie-names';

const KEY = Symbol.for('chakravue.opened-sessions');
const global = globalThis as { [key: symbol]: LRUCache<string, JWT> | undefined };

/**
 * A cookie that was opened stays open in memory: to derive the key and to decrypt costs as much as a question
 * to a database, and the same cookie says the same. Whether its session still holds it never says.
 * One for the process: the middleware and the pages are built apart, and server/front/door.mjs looks too.
 */
global[KEY] ??= new LRUCache<string, JWT>({ max: 5_000 });
const opened = global[KEY];

/**
 * The claims of a session's cookie; null for one that is missing, over, or not ours.
 * @param cookieOf answers the value of a cookie by its name
 */
export async function readSessionToken(cookieOf: (name: string) => string | undefined): Promise<JWT | null> {
  const { NEXTAUTH_SECRET: secret, NEXTAUTH_URL: address } = process.env;
  const cookie = cookieOf(cookieName(SESSION_COOKIE, address));
  if (!secret || !cookie) return null;
  const known = opened.get(cookie);
  if (known) return isOver(known) ? null : known;
  const claims = await decode({ token: cookie, secret }).catch(() => null);
  if (claims) opened.set(cookie, claims);
  return claims;
}

const isOver = ({ exp }: JWT): boolean => typeof exp !== 'number' || exp * 1_000 <= Date.now();
