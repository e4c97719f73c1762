import { createServer } from 'node:http';
import { type AccountFields, Accounts } from './accounts';
import { Faults } from './faults';
import { makeListener, type World } from './http';
import { KeysInUse } from './idempotency';
import { recorder } from './record';

export type StripeEmulatorOptions = {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** Where the state is kept; a restart with the same file loses nothing. */
  dataFile: string;
  /** The key of the first account; others are added with it. */
  secretKey?: string;
  /** Accounts that are there from the start, beside the first. */
  accounts?: readonly AccountFields[];
  /** Where events go, and what signs them; without it they are only recorded. */
  webhook?: { url: string; secret: string; retryDelaysMs?: readonly number[] };
};

export type StripeEmulator = { url: string; stop: () => Promise<void> };

export const DEFAULT_SECRET_KEY = 'sk_test_chakravue_local';
const CLOCK_MS = 30_000;

/**
 * Starts the emulator in this process.
 * @throws when the port is taken (code EADDRINUSE) or the state is damaged.
 */
export async function startStripeEmulator(options: StripeEmulatorOptions): Promise<StripeEmulator> {
  const { port = 0, host = '127.0.0.1', dataFile, secretKey = DEFAULT_SECRET_KEY, webhook } = options;
  let baseUrl = '';
  const server = createServer();
  // First the port: a second emulator must not touch the state of the one that runs.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const isAddress = typeof address === 'object' && address !== null;
  baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${isAddress ? address.port : port}`;

  let accounts: Accounts;
  try {
    accounts = new Accounts(dataFile, secretKey, webhook ?? null);
    for (const account of options.accounts ?? []) accounts.add(account);
  } catch (error) {
    server.close();
    throw error;
  }
  const world: World = {
    accounts,
    baseUrl: () => baseUrl,
    record: recorder(process.env.STRIPE_RECORD),
    faults: new Faults(),
    keysInUse: new KeysInUse(),
  };
  server.on(
    'request',
    makeListener(world, () => accounts.wake()),
  );
  const tick = () => accounts.letTimePass(baseUrl);
  tick();
  const clock = setInterval(tick, CLOCK_MS);

  return {
    url: baseUrl,
    stop: async () => {
      clearInterval(clock);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await accounts.close();
    },
  };
}
