import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import {
  hashToken,
  openPlatformSecret,
  sealPlatformSecret,
  signValue,
  verifySignedValue,
} from '../crypto/cipher';
import { passkeyModel } from '../master/models/passkey';
import { secondFactorModel } from '../master/models/second-factor';
import { objectId, op } from '../mongo';
import { CHALLENGE_MINUTES } from './limits';

const PERIOD_SECONDS = 30;
const PURPOSE = 'second-factor';
const RECOVERY_CODES = 10;

export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery';

/**
 * Says that this person has passed the first step a moment ago: the password, or the provider of an
 * organization. Opens nothing by itself.
 */
export function signChallenge(userId: string, now = new Date(), singleSignOnTo = ''): string {
  const value = `${userId}.${randomUUID()}.${singleSignOnTo}`;
  return signValue(PURPOSE, value, new Date(now.getTime() + CHALLENGE_MINUTES * 60_000));
}

type Challenge = { userId: string; nonce: string; singleSignOnTo: string };

/**
 * The person of a challenge and its one-time number; null when it is forged or too old. `singleSignOnTo` is
 * the organization whose provider took the first step; empty after a password.
 */
export function readChallenge(challenge: string, now = new Date()): Challenge | null {
  const [userId, nonce, singleSignOnTo = ''] = verifySignedValue(PURPOSE, challenge, now)?.split('.') ?? [];
  return userId && nonce ? { userId, nonce, singleSignOnTo } : null;
}

/** What the person may use at the second step. */
export async function methodsOf(userId: string): Promise<SecondFactorMethod[]> {
  const [factor, passkey] = await Promise.all([
    secondFactorModel.findById(objectId(userId)).select('totpSecret recoveryHashes').lean(),
    passkeyModel.exists({ userId: objectId(userId) }),
  ]);
  return [
    ...(factor?.totpSecret ? (['totp'] as const) : []),
    ...(passkey ? (['passkey'] as const) : []),
    ...(factor?.recoveryHashes.length ? (['recovery'] as const) : []),
  ];
}

const contextOf = (userId: string): string => `user|second_factors|totp|${userId}`;
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;
export const sealTotpSecret = (userId: string, secret: string): string =>
  sealPlatformSecret(contextOf(userId), secret);
export const openTotpSecret = (userId: string, sealed: string): string =>
  openPlatformSecret(contextOf(userId), sealed);

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: 'Chakravue',
    label,
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** What an authenticator app reads from the QR code. */
export const totpAddress = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step that a code belongs to, one step of tolerance either way; null for a wrong code. */
export function totpStep(secret: string, code: string, now = new Date()): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1_000 / PERIOD_SECONDS) + delta;
}

/** Accepts a code once: the step it belongs to is remembered in the same write that checks it. */
export async function spendTotp(userId: string, code: string, now = new Date()): Promise<boolean> {
  const factor = await secondFactorModel.findById(objectId(userId)).select('totpSecret').lean();
  if (!factor?.totpSecret) return false;
  const step = totpStep(openTotpSecret(userId, factor.totpSecret), code, now);
  if (step === null) return false;
  const used = await secondFactorModel.updateOne(
    { _id: objectId(userId), totpStep: op({ $lt: step }) },
    { $set: { totpStep: step } },
  );
  return used.modifiedCount === 1;
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const foldCode = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, '');
export const hashRecoveryCode = (code: string): string => hashToken(`recovery:${foldCode(code)}`);

/** Ten codes of sixteen characters (79 bits), grouped for reading aloud. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const text: string[] = [];
    while (text.length < 16) {
      const byte = randomBytes(1)[0] ?? 255;
      // Bytes beyond the last whole multiple would favour the first letters.
      if (byte < ALPHABET.length * 8) text.push(ALPHABET[byte % ALPHABET.length] ?? '');
    }
    return text.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** Uses up a recovery code. @returns how many are left, or null when the code is wrong or used. */
export async function spendRecoveryCode(userId: string, code: string): Promise<number | null> {
  const hash = hashRecoveryCode(code);
  const after = await secondFactorModel
    .findOneAndUpdate(
      { _id: objectId(userId), recoveryHashes: hash },
      { $pull: { recoveryHashes: hash } },
      { returnDocument: 'after' },
    )
    .select('recoveryHashes')
    .lean();
  return after ? after.recoveryHashes.length : null;
}
