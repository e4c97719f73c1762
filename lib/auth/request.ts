import 'server-only';
import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { cookieName, DEVICE_COOKIE, KNOWN_DEVICE_COOKIE } from '../cookie-names';
import { hashToken } from '../crypto/cipher';
import { env } from '../env';

export type RequestFacts = {
  requestId: string;
  ip: string;
  userAgent: string;
  deviceId?: string;
  /** The cookie of lib/auth/known-device.ts, as it came. */
  knownDevices?: string;
};

/** Facts of the current request. The id is made by middleware.ts and is in the answer's `x-request-id`. */
export async function requestFacts(): Promise<RequestFacts> {
  const given = await headers();
  const jar = await cookies();
  const cookie = (name: string) => jar.get(cookieName(name, env().NEXTAUTH_URL))?.value;
  const device = cookie(DEVICE_COOKIE);
  const known = cookie(KNOWN_DEVICE_COOKIE);
  return {
    requestId: given.get('x-request-id') ?? randomUUID(),
    // One address, put there by lib/rate-limit/client-address.
    ip: given.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) ?? 'unknown',
    userAgent: (given.get('user-agent') ?? '').slice(0, 300),
    // Of a computer that people share; what is known of it is its hash.
    ...(device && device.length < 100 ? { deviceId: hashToken(device) } : {}),
    ...(known && known.length < 4_000 ? { knownDevices: known } : {}),
  };
}
