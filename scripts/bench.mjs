// `npm run bench [name ...]`, of tenancy, reports, search, money, recall, use, pilot, flood, pages,
// lighthouse, felt, streams and growth: measures the product's budgets on this machine, each as a ratio
// against a yardstick of the same run. Starts a database, or the whole product, of its own; nothing of a demo
// or of production is touched.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, installPackages } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The benches, and whether each asks the running product over HTTP or its parts on a database. */
const BENCHES = {
  tenancy: 'database',
  reports: 'database',
  search: 'database',
  money: 'database',
  recall: 'database',
  use: 'database',
  pilot: 'database',
  flood: 'stack',
  pages: 'stack',
  lighthouse: 'stack',
  felt: 'stack',
  streams: 'stack',
  growth: 'stack',
};
const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const names = Object.keys(BENCHES);
const unknown = words.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench named ${unknown.join(', ')}; there are: ${names.join(', ')}.\n`);
  process.exit(1);
}
const chosen = Object.entries(BENCHES).filter(([name]) => words.length === 0 || words.includes(name));

checkNode();
await installPackages(root);
const temporary = mkdtempSync(join(tmpdir(), 'chakravue-bench-'));

/**
 * @param {string} name @param {unknown} given what it measures
 * @returns {Promise<number>} how many budgets are not kept
 */
async function run(name, given) {
  const { importModule } = await import('./lib/app.mjs');
  const { bench } = /** @type {{ bench: (given: unknown) => Promise<number> }} */ (
    await importModule(`tests/bench/${name}.ts`)
  );
  try {
    return await bench(given);
  } catch (error) {
    // The next ones are measured all the same: what they stand on took minutes.
    process.stderr.write(`\n${name} broke off: ${error instanceof Error ? error.stack : error}\n`);
    return 1;
  }
}

/** @param {string[]} benches */
async function onDatabase(benches) {
  const { start } = await import('../dev/database/index.mjs');
  const { freePort } = await import('../dev/database/process.mjs');
  const port = await freePort();
  const dataDir = join(temporary, 'database');
  // A million patients with their indexes are some three gigabytes, a million bills or movements two.
  const isLarge = ['search', 'money', 'recall'].some((name) => benches.includes(name));
  const cacheMb = isLarge ? LARGE_CACHE_MB : 256;
  let server = await start({ dataDir, port, cacheMb, log: (line) => process.stdout.write(`  ${line}\n`) });
  const before = { ...process.env };
  Object.assign(process.env, {
    MONGODB_URI: server.uri,
    NEXTAUTH_URL: 'http://127.0.0.1:3000',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    STRIPE_EMULATOR_URL: 'http://127.0.0.1:9',
    STRIPE_WEBHOOK_SECRET: 'whsec_bench',
    SMTP_URL: 'smtp://127.0.0.1:9',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
  });
  /** A server that a bench may stop and start again under load. */
  const database = {
    stop: () => server.stop(),
    start: async () => {
      // Set for the product; for the launcher it would mean somebody else's server.
      delete process.env.MONGODB_URI;
      server = await start({ dataDir, port, cacheMb, log: () => {} });
    },
  };
  let failed = 0;
  try {
    for (const name of benches) failed += await run(name, database);
  } finally {
    await server.stop();
    process.env = before;
  }
  return failed;
}

/** A million patients with their visits, and the same for benches of one collection. */
const LARGE_CACHE_MB = 6_144;
/** The heap of a process as docs/operations.md advises it. */
const HEAP_MB = 512;

/** @param {string[]} benches */
async function onStack(benches) {
  const { buildApp } = await import('./lib/build.mjs');
  const { freePortBlock } = await import('./lib/ports.mjs');
  const { companyCookieOf, cookieOf } = await import('./lib/sign-in.mjs');
  const { startStack } = await import('./lib/stack.mjs');
  // What is measured is what a request costs, not how soon it is refused for coming too often.
  process.env.RATE_LIMIT_SCALE ??= '1000';
  // Opens the metrics, which count commands.
  process.env.METRICS_TOKEN ??= randomBytes(24).toString('base64url');
  // With all of this machine's memory before it, V8 lets garbage lie, and that is not what a stranger costs.
  if (benches.includes('flood')) process.env.NODE_OPTIONS ??= `--max-old-space-size=${HEAP_MB}`;
  await buildApp(root);
  let stop = async () => {};
  let failed = 0;
  try {
    const stack = await startStack({
      root,
      dataDir: join(temporary, 'stack'),
      port: await freePortBlock(),
      logLevel: 'warn',
      ...(benches.includes('growth') ? { cacheMb: LARGE_CACHE_MB } : {}),
      onStart: (end) => {
        stop = end;
      },
    });
    const owner = stack.accounts.find(({ role }) => role === 'owner');
    if (!owner) throw new Error('The demonstration data has no owner.');
    const cookies = {
      owner: await cookieOf(stack.app, owner),
      company: await companyCookieOf(root, join(temporary, 'stack', 'demo.json')),
    };
    const given = {
      ...{ app: stack.app, pid: stack.pid, env: stack.env, cookies },
      /** @param {import('./lib/stack.mjs').Account} who */
      cookieOf: (who) => cookieOf(stack.app, who),
    };
    for (const name of benches) failed += await run(name, given);
  } finally {
    await stop();
  }
  return failed;
}

/** @param {string} needs */
const those = (needs) => chosen.filter(([, kind]) => kind === needs).map(([name]) => name);
let failed = 0;
try {
  const [onDatabases, onStacks] = [those('database'), those('stack')];
  if (onDatabases.length > 0) failed += await onDatabase(onDatabases);
  if (onStacks.length > 0) failed += await onStack(onStacks);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.stdout.write(failed === 0 ? 'Every budget is kept.\n' : `${failed} budgets are not kept.\n`);
process.exit(failed === 0 ? 0 : 1);
