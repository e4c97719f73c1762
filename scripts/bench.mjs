// `npm run bench [tenancy] [reports] [pilot]`: measures the product's budgets on this machine, each as a
// ratio against a yardstick of the same run. Starts a database of its own; nothing of a demo or of production
// is touched.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, installPackages } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BENCHES = ['tenancy', 'reports', 'pilot'];
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = chosen.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench named ${unknown.join(', ')}; there are: ${BENCHES.join(', ')}.\n`);
  process.exit(1);
}

checkNode();
await installPackages(root);
const { start } = await import('../dev/database/index.mjs');
const { freePort } = await import('../dev/database/process.mjs');
const temporary = mkdtempSync(join(tmpdir(), 'chakravue-bench-'));
const port = await freePort();
/** @param {string} line */
const log = (line) => process.stdout.write(`  ${line}\n`);
/** A server that the bench may stop and start again under load. */
const database = {
  dataDir: join(temporary, 'database'),
  port,
  server: await start({ dataDir: join(temporary, 'database'), port, log }),
};
Object.assign(process.env, {
  MONGODB_URI: database.server.uri,
  NEXTAUTH_URL: 'http://127.0.0.1:3000',
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  STRIPE_EMULATOR_URL: 'http://127.0.0.1:9',
  STRIPE_WEBHOOK_SECRET: 'whsec_bench',
  SMTP_URL: 'smtp://127.0.0.1:9',
  LOG_LEVEL: 'silent',
  NODE_ENV: 'production',
});
// What it imports is there from here on.
const { importModule } = await import('./lib/app.mjs');
/**
 * @typedef {{ start: () => Promise<void>, stop: () => Promise<void> }} Server that the bench may take away
 */
/** @typedef {{ bench: (server: Server) => Promise<number> }} Bench answers how many budgets are not kept */
let failed = 0;
try {
  for (const name of chosen.length > 0 ? chosen : BENCHES) {
    const { bench } = /** @type {Bench} */ (await importModule(`tests/bench/${name}.ts`));
    failed += await bench({
      stop: () => database.server.stop(),
      start: async () => {
        // Set for the product; for the launcher it would mean somebody else's server.
        delete process.env.MONGODB_URI;
        database.server = await start({ dataDir: database.dataDir, port, log: () => {} });
      },
    });
  }
} finally {
  await database.server.stop();
  rmSync(temporary, { recursive: true, force: true });
}
process.stdout.write(failed === 0 ? 'Every budget is kept.\n' : `${failed} budgets are not kept.\n`);
process.exit(failed === 0 ? 0 : 1);
