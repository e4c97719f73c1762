import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What the demo runs with; there while it runs. */
export const OPERATOR_FILE = '.data/operator.json';

const jiti = createJiti(import.meta.url, {
  alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
  jsx: true,
});

/**
 * A module of the product outside of Next: its path alias, and `server-only` as Next itself resolves it on a
 * server.
 * @param {string} path
 * @returns {Promise<unknown>}
 */
export const importModule = (path) => jiti.import(`../../${path}`);

/**
 * The same for an operator's command: without an environment of its own it works on the demo that runs here.
 * @param {string} path
 */
export async function importApp(path) {
  const demo = `${root}${OPERATOR_FILE}`;
  if (!process.env.MONGODB_URI && existsSync(demo)) {
    for (const [name, value] of Object.entries(JSON.parse(readFileSync(demo, 'utf8'))))
      process.env[name] ??= value;
    process.stderr.write('On the demo that runs here.\n');
  }
  return importModule(path);
}
