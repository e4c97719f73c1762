import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export class DatabaseError extends Error {
  /** @override */
  name = 'DatabaseError';
}

/** @returns {Promise<number>} a port that is free now */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {number} port @returns {Promise<boolean>} */
function isPortFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** @param {number} wanted */
export async function claimPort(wanted) {
  if (wanted === 0) return freePort();
  if (await isPortFree(wanted)) return wanted;
  throw new DatabaseError(
    `Port ${wanted} is in use. Stop what uses it, or choose another with PORT (the database listens on PORT + 4).`,
  );
}

/** A file with mode 0600 that is either whole or not there. @param {string} file @param {string} text */
export function writeSecret(file, text) {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The root password of a data directory, made once. @param {string} dataDir */
export function rootPassword(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'root-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeSecret(file, password);
  return password;
}

/**
 * Runs a server program in its own process group.
 * @param {string} program @param {string[]} args
 * @param {{ onLine?: (line: string) => void }} [options]
 */
export function runServer(program, args, { onLine = () => {} } = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (/** @type {string} */ chunk) => {
      tail = (tail + chunk).slice(-4000);
      for (const line of chunk.split('\n')) if (line.trim()) onLine(line);
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(-1));
  });
  return {
    child,
    ended,
    output: () => tail,
    /** As a machine that loses its power. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    /** SIGTERM, and SIGKILL when that takes longer than ten seconds. */
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Asks until the server answers a ping.
 * @param {string} uri
 * @param {{ ended: Promise<number | null>, output: () => string }} server
 * @param {number} timeoutMs
 */
export async function waitForPing(uri, server, timeoutMs = 30_000) {
  const { MongoClient } = await driver();
  const until = Date.now() + timeoutMs;
  let isDead = false;
  void server.ended.then(() => {
    isDead = true;
  });
  for (;;) {
    if (isDead) throw new DatabaseError(explain(server.output()));
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, directConnection: true });
    try {
      // Ping and nothing more: before the first user exists, little else is answered.
      await client.db('admin').command({ ping: 1 });
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new DatabaseError(
          `The database did not answer: ${error instanceof Error ? error.message : error}`,
        );
      await delay(100);
    } finally {
      await client.close();
    }
  }
}

/** What a server said before it died, as one sentence. @param {string} output */
function explain(output) {
  if (/already being managed|DBPathInUse|Unable to lock/i.test(output)) {
    return 'The data folder is in use by another database server. Stop the other demo first, or give this one its own folder.';
  }
  if (/failed to bind|Address already in use/i.test(output))
    return 'The database port is in use. Choose another with PORT.';
  const last = output.trim().split('\n').at(-1) ?? '';
  return `The database server stopped while starting: ${last.slice(0, 300) || 'it said nothing'}`;
}

/** The driver that mongoose brings; there only after npm ci. */
export async function driver() {
  const { default: mongoose } = await import('mongoose');
  return mongoose.mongo;
}
