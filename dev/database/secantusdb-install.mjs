import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from './process.mjs';

export const VERSION = '0.5.3-beta.196';
/** `Compiling` lines that cargo prints for it; only for the estimate. */
const CRATES = 211;

const cacheRoot = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chakravue');
const home = () => join(cacheRoot(), `secantusd-rs-${VERSION}`);

/** Where the program is, or would be: outside the checkout, so that a fresh clone finds it. */
export const secantusdbProgram = () => join(home(), 'bin', 'secantusd-rs');

function findCargo() {
  const path = [...(process.env.PATH ?? '').split(delimiter), join(homedir(), '.cargo', 'bin')];
  return path.map((folder) => join(folder, 'cargo')).find((file) => existsSync(file));
}

/**
 * Builds the program from its registry into the user's cache folder, once per machine (about four minutes on
 * two cores).
 * @param {(line: string) => void} log
 * @returns {Promise<boolean>} false when there is no cargo
 */
export async function installSecantusdb(log) {
  const cargo = findCargo();
  if (!cargo) return false;
  for (const tool of ['cc', 'cmake']) {
    if (spawnSync(tool, ['--version'], { stdio: 'ignore' }).error) {
      throw new DatabaseError(
        `SecantusDB needs ${tool} to be built (Debian: apt-get install build-essential cmake zlib1g-dev).`,
      );
    }
  }
  mkdirSync(cacheRoot(), { recursive: true });
  const unlock = await lock(`${home()}.lock`, log);
  try {
    // Another run may have finished it while we waited.
    if (existsSync(secantusdbProgram())) return true;
    await build(cargo, log);
    return true;
  } finally {
    unlock();
  }
}

/** @param {string} cargo @param {(line: string) => void} log */
async function build(cargo, log) {
  const root = mkdtempSync(`${home()}.building-`);
  const target = mkdtempSync(join(tmpdir(), 'chakravue-secantusdb-'));
  const precompiled = join(target, 'precompiled');
  mkdirSync(precompiled);
  log(
    `Building the embedded database (SecantusDB ${VERSION}); once per machine, about 4 minutes on two cores`,
  );
  const started = Date.now();
  try {
    const child = spawn(
      cargo,
      ['install', 'secantus-mdb', '--version', VERSION, '--locked', '--ignore-rust-version', '--root', root],
      {
        env: {
          ...process.env,
          CARGO_TARGET_DIR: target,
          CARGO_TERM_COLOR: 'never',
          // Optimizing all crates once more as one keeps a single core busy for a minute at the end.
          CARGO_PROFILE_RELEASE_LTO: 'off',
          CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
          CMAKE_C_COMPILER_LAUNCHER: join(import.meta.dirname, 'precompile.sh'),
          PRECOMPILED: precompiled,
        },
        stdio: ['ignore', 'inherit', 'pipe'],
      },
    );
    const onExit = () => child.kill('SIGTERM');
    process.once('exit', onExit);
    let compiled = 0;
    let tail = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (/** @type {string} */ chunk) => {
      tail = (tail + chunk).slice(-3000);
      for (const line of chunk.split('\n')) {
        if (!/^\s*Compiling/.test(line)) continue;
        compiled++;
        if (compiled % 20 === 0 || compiled > CRATES - 5) {
          const seconds = Math.round((Date.now() - started) / 1000);
          log(
            `  ${Math.min(99, Math.round((compiled / CRATES) * 100))} % (${compiled} of about ${CRATES} parts, ${seconds} s; the last ones are the slowest)`,
          );
        }
      }
    });
    const code = await new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', () => resolve(-1));
    });
    process.removeListener('exit', onExit);
    if (code !== 0)
      throw new DatabaseError(
        `SecantusDB could not be built: ${tail.trim().split('\n').slice(-6).join(' | ')}`,
      );
    rmSync(home(), { recursive: true, force: true });
    renameSync(root, home());
    log(`  done in ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    rmSync(root, { recursive: true, force: true });
    rmSync(target, { recursive: true, force: true });
  }
}

/**
 * A lock file with the holder's process id; a dead holder's lock is taken over.
 * @param {string} file
 * @param {(line: string) => void} log
 */
async function lock(file, log) {
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (waited === 0) log('The embedded database is being built; waiting for it');
    await delay(1_000);
  }
}

/** @param {string} file */
function isAlive(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!pid) return false;
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
