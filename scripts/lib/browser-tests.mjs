import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { freePortBlock } from './ports.mjs';
import { run } from './run.mjs';
import { startStack } from './stack.mjs';
import { step } from './steps.mjs';
import { count, tally } from './tally.mjs';
import { installed, readReport } from './tools.mjs';

/** @typedef {Awaited<ReturnType<typeof startStack>>} Stack */

/**
 * The whole product on free ports, and a browser on it.
 * @param {import('./tools.mjs').Room} room @param {string[]} filters of spec files
 */
export async function browserTests({ root, temporary, onEnd }, filters) {
  const chromium = await ensureChromium(root);
  await buildApp(root);
  // Opens the metrics, which count commands (tests/e2e/pages.spec.ts).
  // The stories name dollars, but for the buyer of India, who pays in rupees and with tax.
  process.env.BILLING_CURRENCIES ??= 'usd,inr';
  process.env.BILLING_TAX ??= 'on';
  process.env.METRICS_TOKEN ??= randomBytes(24).toString('base64url');
  // The stories count what they find, and nobody waits for a past that none of them looks at.
  process.env.DEMO_HISTORY ??= '0';
  const dataDir = join(temporary, 'stack');
  const stack = await startStack({
    root,
    dataDir,
    port: await freePortBlock(),
    behindProxy: true,
    logLevel: 'warn',
    onStart: onEnd,
    onDeath: (name) => {
      process.stderr.write(`${name} stopped unexpectedly\n`);
      tally.failed++;
    },
  });
  await playwright({ root, temporary }, filters, {
    DEMO_FILE: join(dataDir, 'demo.json'),
    STACK_DIR: dataDir,
    MONGODB_URI: stack.env.MONGODB_URI,
    ...(chromium ? { CHROMIUM_BINARY: chromium } : {}),
  });
  await stack.stop();
  await logsWithoutSecrets(join(dataDir, 'logs'), stack);
}

/**
 * @param {Pick<import('./tools.mjs').Room, 'root' | 'temporary'>} room @param {string[]} filters
 * @param {Record<string, string> & { STACK_DIR: string }} env
 */
async function playwright({ root, temporary }, filters, env) {
  const report = join(temporary, 'playwright.json');
  const { code } = await step('tests: end to end, in a browser', () =>
    run(
      process.execPath,
      [installed(root, 'playwright/cli.js'), 'test', '--reporter=list,json', ...filters],
      { cwd: root, env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }, mayFail: true },
    ),
  );
  const stats = readReport(report)?.stats;
  tally.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  tally.failed += stats?.unexpected ?? 0;
  tally.unsteady += stats?.flaky ?? 0;
  if (code === 0) return;
  if (!stats?.unexpected) tally.failed++;
  for (const name of ['app', 'app-2', 'worker']) {
    const log = readFileSync(join(env.STACK_DIR, 'logs', `${name}.log`), 'utf8');
    process.stdout.write(`${name}\n${log.slice(-6000)}\n`);
  }
}

/**
 * After everything that the tests did, also what failed on purpose.
 * @param {string} folder
 * @param {Stack} stack
 */
async function logsWithoutSecrets(folder, { env, accounts }) {
  const { secretsInLogs } = await import('./log-secrets.mjs');
  const passwords = Object.fromEntries(
    accounts.map(({ role, password }) => [`the password of a ${role}`, password]),
  );
  const typed = { 'a password typed at sign-up': 'a long enough passphrase' };
  const found = secretsInLogs(folder, env, { ...passwords, ...typed });
  count(found.length === 0);
  process.stdout.write(
    found.length === 0
      ? '- no secret stands in a log\n'
      : `Secrets stand in the logs:\n  ${found.join('\n  ')}\n`,
  );
}
