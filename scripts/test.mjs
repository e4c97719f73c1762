// `npm test`: proves the product on this machine. `node scripts/test.mjs checks|unit|service|e2e|contract [filters]` runs one part.
// Works before `npm ci` has run. The last line is `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { checkNode, installPackages } from './lib/install.mjs';
import { run } from './lib/run.mjs';
import { freePortBlock, startStack } from './lib/stack.mjs';
import { printTimings, sentenceOf, step } from './lib/steps.mjs';
import { ensureStripeMock } from './lib/stripe-mock.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [only, ...filters] = process.argv.slice(2);
const wants = (part) => !only || only === part;
const tally = { passed: 0, failed: 0 };
const temporary = mkdtempSync(join(tmpdir(), 'chakravue-test-'));
/** @type {(() => Promise<void>)[]} */
const cleanups = [];
let cleaned = false;

async function cleanUp() {
  if (cleaned) return;
  cleaned = true;
  for (const end of cleanups.reverse()) await end().catch(() => {});
  rmSync(temporary, { recursive: true, force: true });
}

function close(code) {
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  process.exit(code ?? (tally.failed > 0 ? 1 : 0));
}

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, async () => {
    tally.failed++;
    await cleanUp();
    close(1);
  });
}

const bin = (path) => join(root, 'node_modules', path);

/** One tool that passes or fails as a whole. */
async function check(name, file, args) {
  const { code } = await step(name, () =>
    run(process.execPath, [bin(file), ...args], { cwd: root, mayFail: true }),
  );
  tally[code === 0 ? 'passed' : 'failed']++;
}

async function checks() {
  await check('lint', '@biomejs/biome/bin/biome', ['check', '.']);
  await step('route types', () =>
    run(process.execPath, [bin('next/dist/bin/next'), 'typegen'], { cwd: root, quiet: true }),
  );
  await check('types', 'typescript/bin/tsc', ['--noEmit']);
  await check('layers', 'dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    'app',
    'components',
    'lib',
    'middleware.ts',
    'dev/stripe',
  ]);
  await billOfMaterials();
}

/** `npm sbom` fails when the lock file does not agree with itself. */
async function billOfMaterials() {
  const { code } = await step('bill of materials', () =>
    run(process.execPath, [join(root, 'scripts/sbom.mjs')], { cwd: root, mayFail: true }),
  );
  tally[code === 0 ? 'passed' : 'failed']++;
}

/** @param {string} report */
function readReport(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

async function vitest(projects, env, files = filters) {
  const report = join(temporary, `vitest-${projects.join('-')}.json`);
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    // Vitest takes one fewer than there are cores, which on two is one after the other.
    '--maxWorkers=2',
    ...files,
  ];
  const { code } = await step(`tests: ${projects.join(', ')}`, () =>
    run(process.execPath, [bin('vitest/vitest.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      mayFail: true,
    }),
  );
  const result = readReport(report);
  tally.passed += result?.numPassedTests ?? 0;
  tally.failed += result?.numFailedTests ?? 0;
  // A file that could not be loaded, or a runner that died, has no failed test to show for it.
  if (code !== 0 && !result?.numFailedTests) tally.failed++;
}

/** What the app asks Stripe in the tests of the service and in the browser, for the contract test. */
const recording = join(temporary, 'stripe-requests.jsonl');
const ASKS_STRIPE = ['features/subscription/', 'dev/pilot/money'];

/** @param {ReturnType<typeof ensureStripeMock>} installing */
async function contract(installing) {
  if (only === 'contract') await service(ASKS_STRIPE);
  const mock = await step('find Stripe’s own mock', () => installing);
  if ('reason' in mock) {
    process.stdout.write(`  The contract with Stripe is not checked: ${mock.reason}\n`);
    return;
  }
  await vitest(['contract'], { ...mock.env, STRIPE_RECORD: recording });
}

async function service(files = filters) {
  const database = await step('start a database for the tests', async () => {
    const { start } = await import('../dev/database/index.mjs');
    return start({
      dataDir: join(temporary, 'service-database'),
      log: (line) => process.stdout.write(`  ${line}\n`),
    });
  });
  cleanups.push(database.stop);
  const environment = {
    MONGODB_URI: database.uri,
    STRIPE_RECORD: recording,
    FILES_FOLDER: join(temporary, 'files'),
  };
  await vitest(['service'], environment, files);
  await database.stop();
}

async function endToEnd() {
  const chromium = await ensureChromium(root);
  await buildApp(root);
  const dataDir = join(temporary, 'stack');
  process.env.STRIPE_RECORD = recording;
  const stack = await startStack({
    root,
    dataDir,
    port: await freePortBlock(),
    logLevel: 'warn',
    onStart: (stop) => cleanups.push(stop),
    onDeath: (name) => {
      process.stderr.write(`${name} stopped unexpectedly\n`);
      tally.failed++;
    },
  });
  const report = join(temporary, 'playwright.json');
  const env = {
    ...process.env,
    DEMO_FILE: join(dataDir, 'demo.json'),
    STACK_DIR: dataDir,
    MONGODB_URI: stack.env.MONGODB_URI,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...(chromium ? { CHROMIUM_BINARY: chromium } : {}),
  };
  const { code } = await step('tests: end to end, in a browser', () =>
    run(process.execPath, [bin('playwright/cli.js'), 'test', '--reporter=list,json', ...filters], {
      cwd: root,
      env,
      mayFail: true,
    }),
  );
  const stats = readReport(report)?.stats;
  tally.passed += stats?.expected ?? 0;
  tally.failed += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  if (code !== 0 && !stats?.unexpected) tally.failed++;
  if (code !== 0)
    process.stdout.write(`${readFileSync(join(dataDir, 'logs', 'app.log'), 'utf8').slice(-6000)}\n`);
  await stack.stop();
  await logsWithoutSecrets(join(dataDir, 'logs'), stack);
}

/** After everything that the tests did, also what failed on purpose. */
async function logsWithoutSecrets(folder, { env, accounts }) {
  const { secretsInLogs } = await import('./lib/log-secrets.mjs');
  const passwords = Object.fromEntries(
    accounts.map(({ role, password }) => [`the password of a ${role}`, password]),
  );
  const typed = { 'a password typed at sign-up': 'a long enough passphrase' };
  const found = secretsInLogs(folder, env, { ...passwords, ...typed });
  tally[found.length === 0 ? 'passed' : 'failed']++;
  process.stdout.write(
    found.length === 0
      ? '- no secret stands in a log\n'
      : `Secrets stand in the logs:\n  ${found.join('\n  ')}\n`,
  );
}

async function main() {
  checkNode();
  await installPackages(root);
  // It may have to be built, so it begins first and is asked for last.
  const installing = wants('contract') ? ensureStripeMock() : null;
  if (wants('checks')) await checks();
  if (wants('unit')) await vitest(['unit', 'architecture'], {});
  if (wants('service')) await service();
  if (wants('e2e')) await endToEnd();
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
