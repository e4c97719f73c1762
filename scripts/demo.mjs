// `npm run demo`: builds and runs the product with everything it needs on this machine. `--dev` for hot
// reload,
// `--reset` to start over. Works before `npm ci` has run: nothing but Node is imported until packages are
// there.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAhead } from '../dev/database/ahead.mjs';
import { buildApp } from './lib/build.mjs';
import { checkNode, installPackages, nodeAdvice } from './lib/install.mjs';
import { isUnfinished, startStack } from './lib/stack.mjs';
import { printTimings, StepError, sentenceOf } from './lib/steps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dataDir = join(root, '.data');
const pidFile = join(dataDir, 'demo.pid');
const dev = process.argv.includes('--dev');

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);

/** The process id of a demo that runs in this folder. */
function runningDemo() {
  if (!existsSync(pidFile)) return null;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  try {
    process.kill(pid, 0);
    // After a restart of the machine the number may be somebody else's.
    const command = `/proc/${pid}/cmdline`;
    return !existsSync(command) || readFileSync(command, 'utf8').includes('demo.mjs') ? pid : null;
  } catch {
    return null;
  }
}

/** @throws StepError for a PORT that is not a port, and where a demo runs already */
function portToUse() {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    throw new StepError(`PORT must be a number between 1 and 65000, not "${process.env.PORT}".`);
  const running = runningDemo();
  if (running)
    throw new StepError(`A demo is running here already (process ${running}). Stop it with Ctrl-C first.`);
  return port;
}

/** @param {Awaited<ReturnType<typeof startStack>>} stack */
function introduce(stack) {
  const { engine, version } = stack.database;
  print(`\nChakravue runs${dev ? ' with hot reload' : ''} on ${engine} ${version}\n`);
  print(`  Product   ${stack.app}\n  Platform  ${stack.app}/platform`);
  if (stack.mail) print(`  Mail      ${stack.mail}`);
  if (stack.stripe) print(`  Payments  ${stack.stripe}`);
  print('\nAccounts');
  for (const { role, email, password, organization, totpSecret } of stack.accounts) {
    print(`  ${role.padEnd(13)} ${email.padEnd(34)} ${password.padEnd(18)} ${organization ?? ''}`);
    if (totpSecret) print(`  ${''.padEnd(13)} key for an authenticator app: ${totpSecret}`);
  }
  print('\nTest card 4242 4242 4242 4242, any later expiry, any CVC. Ctrl-C stops everything.');
  const advice = nodeAdvice();
  if (advice) print(`\n${advice}`);
}

/**
 * Runs the stack until Ctrl-C or until a part of it dies.
 * @param {number} port @returns {Promise<number>} the exit code
 */
async function runUntilStopped(port) {
  let finish = (/** @type {number} */ _code) => {};
  /** @type {Promise<number>} */
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  let isStarted = false;
  let stopWhatRuns = async () => {};
  const interrupt = async () => {
    if (isStarted) return finish(0);
    print('\nStopping');
    await stopWhatRuns();
    rmSync(pidFile, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(pidFile, String(process.pid));
  try {
    const stack = await startStack({
      root,
      dataDir,
      port,
      dev,
      alive: process.env.DEMO_ALIVE !== 'off',
      onStart: (stop) => {
        stopWhatRuns = stop;
      },
      onDeath: (name) => {
        const log = join(dataDir, 'logs', `${name}.log`);
        process.stderr.write(`\n${name} stopped unexpectedly; its log is ${log}. Stopping the rest.\n`);
        finish(1);
      },
    });
    isStarted = true;
    printTimings();
    introduce(stack);
    const code = await finished;
    print('\nStopping');
    await stack.stop();
    return code;
  } finally {
    rmSync(pidFile, { force: true });
  }
}

try {
  checkNode();
  const port = portToUse();
  if (isUnfinished(dataDir)) print('The last start ended before its data was made. Beginning again.');
  if (process.argv.includes('--reset') || isUnfinished(dataDir))
    rmSync(dataDir, { recursive: true, force: true });
  buildAhead((line) => print(`  ${line}`));
  await installPackages(root);
  if (!dev) await buildApp(root);
  process.exit(await runUntilStopped(port));
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}
