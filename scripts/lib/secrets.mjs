import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MAKERS = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString('base64'),
  KEY_ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  STRIPE_WEBHOOK_SECRET: () => `whsec_${randomBytes(24).toString('hex')}`,
  PLATFORM_ADMIN_PASSWORD: () => randomBytes(9).toString('base64url'),
  DEMO_PASSWORD: () => randomBytes(9).toString('base64url'),
};

/** Secrets of the local stack, made once and kept with mode 0600; what the environment says wins. @param {string} file */
export function localSecrets(file) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = {};
  for (const [name, make] of Object.entries(MAKERS)) all[name] = kept[name] ?? make();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writePrivate(file, all);
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, process.env[name] || value]));
}

/** A JSON file only its owner can read, written whole. @param {string} file @param {unknown} value */
export function writePrivate(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
