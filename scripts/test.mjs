// `npm test`: proves the product on this machine. `node scripts/test.mjs checks|unit|service|e2e|contract
// [filters]` runs one part.
// Works before `npm ci` has run. The last line is `N passed, N failed`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAhead } from '../dev/database/ahead.mjs';
import { browserTests } from './lib/browser-tests.mjs';
import { checkNode, installPackages } from './lib/install.mjs';
import { printTimings, sentenceOf, step } from './lib/steps.mjs';
import { ensureStripeMock } from './lib/stripe-mock.mjs';
import { tally } from './lib/tally.mjs';
import { checks, vitest } from './lib/tools.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [only, ...filters] = process.argv.slice(2);
/** @param {string} part */
const wants = (part) => !only || only === part;
const temporary = mkdtempSync(join(tmpdir(), 'chakravue-test-'));
/** @type {(() => Promise<unknown>)[]} */
const cleanups = [];
const room = {
  root,
  temporary,
  onEnd: (/** @type {() => Promise<unknown>} */ stop) => void cleanups.push(stop),
};
let isCleaned = false;

async function cleanUp() {
  if (isCleaned) return;
  isCleaned = true;
  for (const end of cleanups.reverse()) await end().catch(() => {});
  rmSync(temporary, { recursive: true, force: true });
}

/** @param {number} [code] */
function close(code) {
  const repeated = tally.unsteady > 0 ? `, ${tally.unsteady} of the passed only when repeated` : '';
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed${repeated}\n`);
  process.exit(code ?? (tally.failed > 0 ? 1 : 0));
}

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, async () => {
    tally.failed++;
    await cleanUp();
    close(1);
  });
}

/** What the app asks Stripe in the tests of the service and in the browser, for the contract test. */
const recording = join(temporary, 'stripe-requests.jsonl');
const ASKS_STRIPE = ['features/subscription/', 'dev/pilot/money'];

const UNIT = ['unit', 'unit-apart'];
/** The tests that need no database. @param {string[]} projects of Vitest */
const unit = (projects) => vitest(room, projects, {}, filters);

/** Side by side: a check keeps one core busy. */
async function checksAndUnit() {
  await Promise.all([checks(root), unit([...UNIT, 'architecture'])]);
  // It writes files for the layer checker to refuse, which neither the checks nor other tests may meet.
  await unit(['layers']);
}

/** The tests that need a database, on one of their own. @param {string[]} files filters */
async function service(files) {
  const database = await step('start a database for the tests', async () => {
    const { start } = await import('../dev/database/index.mjs');
    return start({
      dataDir: join(temporary, 'service-database'),
      // What is about its end starts one of its own (tests/chaos/outage.db.test.ts).
      isTemporary: true,
      log: (line) => process.stdout.write(`  ${line}\n`),
    });
  });
  room.onEnd(database.stop);
  const environment = {
    MONGODB_URI: database.uri,
    STRIPE_RECORD: recording,
    FILES_FOLDER: join(temporary, 'files'),
  };
  // One more than there are cores: servers that are away and workers that are killed take time, not work.
  await vitest(room, ['service', 'service-asked', 'service-shared'], environment, files, 3);
  await database.stop();
}

/** The Stripe emulator against Stripe's own mock. @param {ReturnType<typeof ensureStripeMock>} installing */
async function contract(installing) {
  if (only === 'contract') await service(ASKS_STRIPE);
  const mock = await step('find Stripe’s own mock', () => installing);
  if ('reason' in mock) {
    process.stdout.write(`  The contract with Stripe is not checked: ${mock.reason}\n`);
    return;
  }
  await vitest(room, ['contract'], { ...mock.env, STRIPE_RECORD: recording }, filters);
}

async function main() {
  checkNode();
  if (wants('service') || wants('e2e')) buildAhead((line) => process.stdout.write(`  ${line}\n`));
  await installPackages(root);
  // It may have to be built, so it begins first and is asked for last.
  const installing = wants('contract') ? ensureStripeMock() : null;
  if (!only) await checksAndUnit();
  else if (only === 'checks') await checks(root);
  else if (only === 'unit') await unit([...UNIT, 'architecture', 'layers']);
  if (wants('service')) await service(filters);
  if (wants('e2e')) {
    process.env.STRIPE_RECORD = recording;
    await browserTests(room, filters);
  }
  if (installing) await contract(installing);
  printTimings();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  tally.failed++;
}
await cleanUp();
close();
