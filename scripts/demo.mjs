// `npm run demo`: builds and runs the product with everything it needs on this machine. `--dev` for hot reload,
// `--reset` to start over. Works before `npm ci` has run: nothing but Node is imported until packages are there.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './lib/build.mjs';
import { checkNode, installPackages } from './lib/install.mjs';
import { startStack } from './lib/stack.mjs';
import { printTimings, StepError, sentenceOf } from './lib/steps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dataDir = join(root, '.data');
const pidFile = join(dataDir, 'demo.pid');
const dev = process.argv.includes('--dev');

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

async function main() {
  checkNode();
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_000)
    throw new StepError(`PORT must be a number between 1 and 65000, not "${process.env.PORT}".`);
  const running = runningDemo();
  if (running) {
    process.stderr.write(`A demo is running here already (process ${running}). Stop it with Ctrl-C first.\n`);
    process.exit(1);
  }
  if (process.argv.includes('--reset')) rmSync(dataDir, { recursive: true, force: true });

  await installPackages(root);
  if (!dev) await buildApp(root);

  let finish = (/** @type {number} */ _code) => {};
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  let isStarted = false;
  let stopWhatRuns = async () => {};
  const interrupt = async () => {
    if (isStarted) return finish(0);
    process.stdout.write('\nStopping\n');
    await stopWhatRuns();
    rmSync(pidFile, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(pidFile, String(process.pid));
  const stack = await startStack({
    root,
    dataDir,
    port,
    dev,
    onStart: (stop) => {
      stopWhatRuns = stop;
    },
    onDeath: (name) => {
      process.stderr.write(
        `\n${name} stopped unexpectedly; its log is ${join(dataDir, 'logs', `${name}.log`)}. Stopping the rest.\n`,
      );
      finish(1);
    },
  });
  isStarted = true;
  printTimings();
  process.stdout.write(
    `\nChakravue runs${dev ? ' with hot reload' : ''} on ${stack.database.engine} ${stack.database.version}\n\n`,
  );
  process.stdout.write(`  Product   ${stack.app}\n  Platform  ${stack.app}/platform\n`);
  if (stack.mail) process.stdout.write(`  Mail      ${stack.mail}\n`);
  if (stack.stripe) process.stdout.write(`  Payments  ${stack.stripe}\n`);
  process.stdout.write('\nAccounts\n');
  for (const { role, email, password, organization } of stack.accounts) {
    process.stdout.write(
      `  ${role.padEnd(13)} ${email.padEnd(34)} ${password.padEnd(18)} ${organization ?? ''}\n`,
    );
  }
  process.stdout.write(
    '\nTest card 4242 4242 4242 4242, any later expiry, any CVC. Ctrl-C stops everything.\n',
  );

  const code = await finished;
  process.stdout.write('\nStopping\n');
  await stack.stop();
  rmSync(pidFile, { force: true });
  process.exit(code);
}

main().catch((error) => {
  rmSync(pidFile, { force: true });
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
});
