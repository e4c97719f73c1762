import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StepError } from './steps.mjs';

const START_PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 10_000;

/**
 * @typedef {object} Child
 * @property {() => boolean} hasEnded
 * @property {() => Promise<void>} end on purpose, with time to finish what it has begun
 * @property {string} log @property {number | undefined} pid
 */

/** @param {number | undefined} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  if (!pid) return;
  try {
    // The whole group: next dev has children of its own.
    process.kill(-pid, name);
  } catch {
    // It is gone already.
  }
}

/**
 * The processes of one stack. They are stopped together, the last one first.
 * @param {{ root: string, logs: string, onDeath: (name: string) => void }} options
 *   `logs` is the folder of their logs; `onDeath` hears of a process that ended by itself
 */
export function processesOf({ root, logs, onDeath }) {
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  let isStopping = false;
  /** @param {string} name */
  const died = (name) => {
    if (!isStopping) onDeath(name);
  };

  /**
   * @param {string} name @param {string[]} args of Node
   * @param {Record<string, string | undefined>} env on top of this process's own @param {string} [cwd]
   * @returns {Child}
   */
  function launch(name, args, env, cwd = root) {
    const log = join(logs, `${name}.log`);
    const output = openSync(log, 'a', 0o600);
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
      detached: true,
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let hasEnded = false;
    let isMeant = false;
    void ended.then(() => {
      hasEnded = true;
      if (!isMeant) died(name);
    });
    const end = async () => {
      if (hasEnded) return;
      isMeant = true;
      signal(child.pid, 'SIGTERM');
      const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    };
    stops.push(end);
    return { hasEnded: () => hasEnded, end, log, pid: child.pid };
  }

  return {
    launch,
    /**
     * What has its own way to stop: the database, a proxy.
     * @param {{ stop: () => Promise<void>, ended?: Promise<unknown> }} part
     */
    add(part) {
      stops.push(part.stop);
      void part.ended?.then(() => died('database'));
    },
    async stop() {
      isStopping = true;
      for (const end of stops.splice(0).reverse()) await end().catch(() => {});
    },
  };
}

/**
 * Resolves when the address answers with a success.
 * @param {string} url @param {Child} [child] the process behind it
 * @throws StepError when that process ends first, or after two minutes
 */
export async function waitFor(url, child) {
  const until = Date.now() + START_PATIENCE_MS;
  for (;;) {
    if (child?.hasEnded()) throw new StepError(`The app stopped while starting; its log is ${child.log}.`);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
      await answer.arrayBuffer();
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until) throw new StepError(`${url} did not answer within two minutes.`);
    await delay(150);
  }
}
