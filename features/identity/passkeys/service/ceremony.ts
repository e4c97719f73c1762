import 'server-only';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { takePoint } from '@/lib/rate-limit/limiter';

const STATE_MINUTES = 5;

export type Transport = NonNullable<RegistrationResponseJSON['response']['transports']>[number];

/**
 * Whose passkeys these are: the host people open. An address of digits cannot have any, so the local stack
 * answers to localhost.
 */
export function relyingParty(): { id: string; origins: string[] } {
  const url = new URL(env().NEXTAUTH_URL);
  if (url.hostname !== '127.0.0.1') return { id: url.hostname, origins: [url.origin] };
  return { id: 'localhost', origins: [`${url.protocol}//localhost:${url.port}`] };
}

export const signState = (purpose: string, challenge: string): string =>
  signValue(`passkey/${purpose}`, challenge, new Date(Date.now() + STATE_MINUTES * 60_000));

/** The challenge that was handed out for this; it can be answered once. @throws AppError CONFLICT. */
export async function readState(purpose: string, state: string): Promise<string> {
  const challenge = verifySignedValue(`passkey/${purpose}`, state);
  const tooOld = new AppError('CONFLICT', 'That took too long. Please try again.');
  if (!challenge) throw tooOld;
  await takePoint('challenge.once', challenge).catch(() => {
    throw tooOld;
  });
  return challenge;
}

export const notAccepted = (cause?: unknown): AppError =>
  new AppError('INVALID_INPUT', 'That passkey was not accepted. Try again, or use another way.', { cause });

export function parse<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAccepted(cause);
  }
}
