// Stripe's own mock and the specification it carries: found, or installed once per machine into the cache
// folder.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const VERSION = '0.203.0';
const MODULE = `github.com/stripe/stripe-mock@v${VERSION}`;
const PATIENCE_MS = 10 * 60_000;

const home = () =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chakravue', `stripe-mock-${VERSION}`);

/** @param {string} name */
function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<string>} what it printed
 */
function ask(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
    });
    const onExit = () => child.kill('SIGTERM');
    process.once('exit', onExit);
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (complaint = (complaint + chunk).slice(-500)));
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('exit', onExit);
      if (code === 0) resolve(output.trim());
      else reject(new Error(complaint.trim() || `${args[0]} ended with ${code}`));
    });
  });
}

/** @param {string} go */
async function binaryOf(go) {
  const file = join(home(), 'stripe-mock');
  const inGo = join(await ask(go, ['env', 'GOPATH']), 'bin', 'stripe-mock');
  const known = [process.env.STRIPE_MOCK_BINARY, onPath('stripe-mock'), inGo, file].find(
    (path) => path && existsSync(path),
  );
  if (known) return known;
  const building = `${home()}.${process.pid}`;
  try {
    await ask(go, ['install', MODULE], { GOBIN: building });
    mkdirSync(home(), { recursive: true });
    renameSync(join(building, 'stripe-mock'), file);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return file;
}

/** @param {string} go */
async function specificationOf(go) {
  if (process.env.STRIPE_SPEC_FILE) return process.env.STRIPE_SPEC_FILE;
  const file = join(home(), 'spec3.json');
  if (existsSync(file)) return file;
  const { Dir } = JSON.parse(await ask(go, ['mod', 'download', '-json', MODULE]));
  mkdirSync(home(), { recursive: true });
  const half = `${file}.${process.pid}`;
  copyFileSync(join(Dir, 'embedded', 'openapi', 'spec3.json'), half);
  renameSync(half, file);
  return file;
}

/**
 * Finds or installs it; a cold machine needs a minute or two, in the background.
 * @returns {Promise<{ env: Record<string, string> } | { reason: string }>}
 */
export async function ensureStripeMock() {
  const { STRIPE_MOCK_BINARY, STRIPE_SPEC_FILE } = process.env;
  if (STRIPE_MOCK_BINARY && STRIPE_SPEC_FILE) return { env: { STRIPE_MOCK_BINARY, STRIPE_SPEC_FILE } };
  const go = onPath('go');
  if (!go) return { reason: 'Go is not installed, and STRIPE_MOCK_BINARY and STRIPE_SPEC_FILE are not set' };
  try {
    const binary = await binaryOf(go);
    return { env: { STRIPE_MOCK_BINARY: binary, STRIPE_SPEC_FILE: await specificationOf(go) } };
  } catch (error) {
    return {
      reason: `stripe-mock could not be installed: ${error instanceof Error ? error.message : error}`,
    };
  }
}
