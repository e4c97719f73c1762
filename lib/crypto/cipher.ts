import 'server-only';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { env } from '../env';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/**
 * AES-256-GCM. Output: base64 of `version(1) | iv(12) | tag(16) | ciphertext`.
 * @param context what the value belongs to (`organizationId|collection|path`); a ciphertext moved elsewhere
 * does not open.
 */
export function seal(key: Buffer | KeyObject, context: string, plaintext: string | Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]).toString('base64');
}

/** @throws Error when the key, the context or the bytes are not those that were sealed. */
export function open(key: Buffer | KeyObject, context: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes[0] !== VERSION || bytes.length < 1 + IV_BYTES + TAG_BYTES)
    throw new Error('Unknown ciphertext format');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
}

const derive = (purpose: string, root = env().KEY_ENCRYPTION_KEY): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(root, 'base64'), '', `chakravue/${purpose}`, 32));

/** Key of the platform's own secrets: connection strings, cells' passwords, second factors. */
const platformKey = (): Buffer => derive('platform-secrets');

/** Seals one of the platform's own secrets. `context` as in `seal`. */
export const sealPlatformSecret = (context: string, plaintext: string): string =>
  seal(platformKey(), context, plaintext);

/** Opens what was sealed under the current key encryption key or, until rotation has run, a retired one. */
export function openPlatformSecret(context: string, sealed: string): string {
  for (const root of rootKeys()) {
    try {
      return open(derive('platform-secrets', root), context, sealed).toString();
    } catch {
      // The next key may be the one.
    }
  }
  throw new Error('No configured key opens this secret');
}

const rootKeys = (): string[] => [env().KEY_ENCRYPTION_KEY, ...env().KEY_ENCRYPTION_KEYS_RETIRED];

export type WrappingKey = { id: string; key: Buffer };
const wrappingKeyOf = (root: string): WrappingKey => ({
  // Says which key wrapped a row without saying anything about the key.
  id: derive('wrap-data-keys/id', root).toString('hex').slice(0, 12),
  key: derive('wrap-data-keys', root),
});

/** Wraps the organizations' data keys now. */
export const wrappingKey = (): WrappingKey => wrappingKeyOf(env().KEY_ENCRYPTION_KEY);
/** The current and the retired ones: what stored rows may be wrapped with. */
export const wrappingKeys = (): WrappingKey[] => rootKeys().map(wrappingKeyOf);

/** A random secret for a link or a password: URL-safe, 256 bits. */
export const randomToken = (): string => randomBytes(32).toString('base64url');
/** What is stored of a token: knowing the database does not open the link. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares two secrets in a time that tells nothing of either. */
export const isSameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(expected).digest(),
  );

/** Signs a short value for a cookie or a link: `value.expires.signature`. */
export function signValue(purpose: string, value: string, expiresAt: Date): string {
  const body = `${Buffer.from(value).toString('base64url')}.${expiresAt.getTime().toString(36)}`;
  return `${body}.${createHmac('sha256', derive(`sign/${purpose}`))
    .update(body)
    .digest('base64url')}`;
}

/** The signed value, or null when it was changed, signed for something else, or is too old. */
export function verifySignedValue(purpose: string, signed: string, now = new Date()): string | null {
  const [value, expires, signature] = signed.split('.');
  if (!value || !expires || !signature) return null;
  const expected = createHmac('sha256', derive(`sign/${purpose}`))
    .update(`${value}.${expires}`)
    .digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return Number.parseInt(expires, 36) > now.getTime() ? Buffer.from(value, 'base64url').toString() : null;
}
