import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A connection string with its password, of any user. */
const WITH_PASSWORD = /mongodb(\+srv)?:\/\/[^\s"'@/:]+:[^\s"'@]+@/;
const SECRET_NAMES = /SECRET|PASSWORD|KEY_ENCRYPTION_KEY|TOKEN/;

/**
 * What must not stand in a log and does: each as `file: name`, never the value.
 * @param {string} folder the logs
 * @param {Record<string, string | undefined>} env of the processes
 * @param {Record<string, string>} more further secrets by name
 * @returns {string[]}
 */
export function secretsInLogs(folder, env, more = {}) {
  const { password } = new URL(String(env.MONGODB_URI).replace(/^mongodb(\+srv)?/, 'http'));
  const secrets = Object.entries({
    ...Object.fromEntries(Object.entries(env).filter(([name]) => SECRET_NAMES.test(name))),
    'the password of the database': decodeURIComponent(password),
    ...more,
  }).filter(([, value]) => value && value.length >= 8);
  const found = [];
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [name, value] of secrets) if (text.includes(value)) found.push(`${file}: ${name}`);
    if (WITH_PASSWORD.test(text)) found.push(`${file}: a connection string with its password`);
  }
  return found;
}
