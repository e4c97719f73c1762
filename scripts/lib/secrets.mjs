import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A random text. @param {number} bytes @param {BufferEncoding} encoding */
const random = (bytes, encoding) => randomBytes(bytes).toString(encoding);

/** Random letters as authenticator apps take them, five bits each. @param {number} length */
const base32 = (length) =>
  Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('');

/**
 * Secrets of the local stack, made once and kept with mode 0600. The environment's win.
 * @param {string} file
 */
export function localSecrets(file) {
  const fresh = {
    NEXTAUTH_SECRET: random(32, 'base64'),
    KEY_ENCRYPTION_KEY: random(32, 'base64'),
    STRIPE_WEBHOOK_SECRET: `whsec_${random(24, 'hex')}`,
    PLATFORM_ADMIN_PASSWORD: random(9, 'base64url'),
    DEMO_ADMIN_TOTP_SECRET: base32(32),
    DEMO_PASSWORD: random(9, 'base64url'),
    APP_DATABASE_PASSWORD: random(18, 'base64url'),
  };
  /** @type {Partial<typeof fresh>} */
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = { ...fresh, ...kept };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writePrivate(file, all);
  const names = /** @type {(keyof typeof fresh)[]} */ (Object.keys(fresh));
  for (const name of names) all[name] = process.env[name] || all[name];
  return all;
}

/** A JSON file only its owner can read, written whole. @param {string} file @param {unknown} value */
export function writePrivate(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
