import { createServer } from 'node:net';
import { StepError } from './steps.mjs';

/**
 * @typedef {'app' | 'mail' | 'smtp' | 'stripe' | 'database' | 'worker' | 'web1' | 'web2'} PortName
 * @typedef {Record<PortName, number>} Ports
 */

/** @type {Record<keyof Ports, string>} */
const NAMES = {
  app: 'the app',
  mail: 'the mail page',
  smtp: 'the mail server',
  stripe: 'the Stripe emulator',
  database: 'the database',
  worker: 'the worker',
  web1: 'the first process of the app',
  web2: 'the second process of the app',
};

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Eight ports in a row that are free. @returns {Promise<number>} the first */
export async function freePortBlock() {
  for (let first = 20_000 + Math.floor(Math.random() * 20_000); ; first += 8) {
    const states = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((offset) => isFree(first + offset)));
    if (states.every(Boolean)) return first;
  }
}

/**
 * The ports of a stack, from the app's own.
 * @param {number} app @returns {Promise<Ports>}
 * @throws StepError when one of them is in use
 */
export async function portsFrom(app) {
  const ports = {
    app,
    mail: app + 1,
    smtp: app + 2,
    stripe: app + 3,
    database: app + 4,
    worker: app + 5,
    web1: app + 6,
    web2: app + 7,
  };
  const names = /** @type {(keyof Ports)[]} */ (Object.keys(ports));
  for (const name of names) {
    if (await isFree(ports[name])) continue;
    throw new StepError(
      `Port ${ports[name]} (${NAMES[name]}) is in use. Stop what uses it, or choose others with PORT, for example PORT=${app + 100}.`,
    );
  }
  return ports;
}
