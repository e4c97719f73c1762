import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { portsFrom } from './ports.mjs';
import { processesOf, waitFor } from './processes.mjs';
import { startProxy } from './proxy.mjs';
import { localSecrets, writePrivate } from './secrets.mjs';
import { step } from './steps.mjs';

/**
 * @typedef {{ role: string, email: string, password: string, organization: string | null,
 *   totpSecret?: string }} Account `totpSecret` is the key of its authenticator app
 * @typedef {{ app: string, mail: string | null, stripe: string | null }} Addresses null where a real one is
 * @typedef {Record<string, string | undefined>} Environment
 * @typedef {object} Options
 * @property {string} root
 * @property {string} dataDir
 * @property {number} port of the app; the others follow from it
 * @property {boolean} [dev] with hot reload
 * @property {boolean} [behindProxy] two processes of the app behind a proxy, as in production
 * @property {boolean} [alive] whether the demonstration hospitals go on working by themselves
 * @property {string} [logLevel]
 * @property {number} [cacheMb] of the database, where there is more data than in a demonstration
 * @property {(name: string) => void} [onDeath] hears of a part that ended by itself
 * @property {(stop: () => Promise<void>) => void} [onStart] gets the way to stop, as soon as there is
 * something to stop
 * @typedef {ReturnType<typeof processesOf>} Processes
 */

const JITI = ['--import', 'jiti/register'];

/** @param {Pick<Options, 'dataDir' | 'cacheMb'>} options @param {number} port */
async function startDatabase({ dataDir, cacheMb }, port) {
  const { start } = await import('../../dev/database/index.mjs');
  return start({
    dataDir: join(dataDir, 'database'),
    port,
    cacheMb,
    log: (line) => process.stdout.write(`  ${line}\n`),
  });
}

/**
 * Stripe and the mail server are stood in for unless the environment names real ones.
 * @param {import('./ports.mjs').Ports} ports
 * @returns {Addresses}
 */
const addressesOf = (ports) => ({
  app: `http://127.0.0.1:${ports.app}`,
  mail: process.env.SMTP_URL ? null : `http://127.0.0.1:${ports.mail}`,
  stripe: process.env.STRIPE_SECRET_KEY ? null : `http://127.0.0.1:${ports.stripe}`,
});

/**
 * What the app runs with.
 * @param {Options} options @param {import('./ports.mjs').Ports} ports @param {Addresses} addresses
 * @param {import('../../dev/database/index.mjs').Database} database
 */
function environmentOf({ dataDir, dev = false, logLevel = 'info' }, ports, addresses, database) {
  const given = process.env;
  return {
    NODE_ENV: dev ? 'development' : 'production',
    PORT: String(ports.app),
    HOSTNAME: '127.0.0.1',
    NEXTAUTH_URL: given.NEXTAUTH_URL || addresses.app,
    MONGODB_URI: database.uri,
    MONGODB_ENGINE: database.engine,
    ...(addresses.stripe ? { STRIPE_EMULATOR_URL: addresses.stripe } : {}),
    ...(addresses.mail
      ? {
          SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
          SUPPORT_EMAIL: given.SUPPORT_EMAIL || 'support@chakravue.test',
          SUPPORT_INBOUND_SECRET: given.SUPPORT_INBOUND_SECRET || 'local-mail-comes-in',
        }
      : {}),
    FILES_FOLDER: given.FILES_FOLDER || join(dataDir, 'files'),
    BACKUP_DIR: given.BACKUP_DIR || join(dataDir, 'backups'),
    PLATFORM_ADMIN_EMAIL: given.PLATFORM_ADMIN_EMAIL || 'admin@chakravue.test',
    PREPARED_DATABASES: given.PREPARED_DATABASES || '2',
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: given.LOG_LEVEL || logLevel,
  };
}

/**
 * @param {Processes} processes @param {Options} options @param {import('./ports.mjs').Ports} ports
 * @param {Addresses} addresses @param {Environment} env
 */
async function startParts(processes, options, ports, addresses, env) {
  const { dataDir } = options;
  if (addresses.mail) {
    processes.launch('mail', [...JITI, 'dev/mail/server.ts'], {
      HTTP_PORT: String(ports.mail),
      SMTP_PORT: String(ports.smtp),
      DATA_DIR: join(dataDir, 'mail'),
      INBOUND_URL: `${addresses.app}/api/tickets/inbound`,
      INBOUND_SECRET: env.SUPPORT_INBOUND_SECRET ?? '',
    });
  }
  if (addresses.stripe) {
    processes.launch('stripe', [...JITI, 'dev/stripe/server.ts'], {
      PORT: String(ports.stripe),
      DATA_FILE: join(dataDir, 'stripe', 'state.json'),
      WEBHOOK_URL: `${addresses.app}/api/stripe/webhook`,
      STRIPE_WEBHOOK_SECRET: env.STRIPE_WEBHOOK_SECRET,
    });
  }
  const app = await startProduct(processes, options, ports, env);
  if (addresses.mail) await waitFor(`${addresses.mail}/`);
  if (addresses.stripe) await waitFor(`${addresses.stripe}/_emulator/health`);
  return app;
}

/**
 * The web, whose database user has rights on the master database alone, and the worker, which makes databases
 * and holds the credential for it. With hot reload both are one process.
 * @param {Processes} processes @param {Options} options
 * @param {import('./ports.mjs').Ports} ports @param {Environment} env
 */
async function startProduct(processes, { root, dev, behindProxy }, ports, env) {
  if (dev) {
    const next = join(root, 'node_modules/next/dist/bin/next');
    const args = [next, 'dev', '--port', String(ports.app), '--hostname', '127.0.0.1'];
    const app = processes.launch('app', args, env);
    await waitFor(ready(ports.app), app);
    return app;
  }
  const folder = join(root, '.next/standalone');
  const web = { ...env, WORKER: 'off', MONGODB_URI: await webUri(env) };
  const worker = { ...env, WORKER: 'only', PORT: String(ports.worker) };
  const app = behindProxy
    ? await startBehindProxy(processes, folder, ports, web)
    : processes.launch('app', ['server.js'], web, folder);
  await waitFor(ready(ports.app), app);
  await waitFor(ready(ports.worker), processes.launch('worker', ['server.js'], worker, folder));
  return app;
}

/** @param {number} port */
const ready = (port) => `http://127.0.0.1:${port}/api/health/ready`;

/** How long a process that is to be stopped may answer what it has; streams last longer, and come again. */
const DRAIN_MS = 3_000;

/**
 * Two processes of the app behind a proxy. A POST to `/_stack/restart` follows with new ones, one after the
 * other, as a new version is rolled out.
 * @param {Processes} processes @param {string} folder @param {import('./ports.mjs').Ports} ports
 * @param {Environment} web
 * @returns the first one
 */
async function startBehindProxy(processes, folder, ports, web) {
  const own = [ports.web1, ports.web2];
  /** @param {number} port */
  const launch = (port) =>
    processes.launch(
      port === ports.web1 ? 'app' : 'app-2',
      ['server.js'],
      { ...web, PORT: String(port), TRUSTED_PROXIES: '1' },
      folder,
    );
  const running = own.map(launch);
  await Promise.all(running.map((child, index) => waitFor(ready(own[index] ?? 0), child)));
  const proxy = await startProxy(ports.app, own, {
    '/_stack/restart': async () => {
      for (const [index, port] of own.entries()) {
        await proxy.drain(index, DRAIN_MS);
        await running[index]?.end();
        const child = launch(port);
        running[index] = child;
        await waitFor(ready(port), child);
        proxy.serve(index);
      }
    },
  });
  processes.add({ stop: proxy.stop });
  const [first] = running;
  if (!first) throw new Error('No process of the app was started.');
  return first;
}

/**
 * The way in of a user that may read and write the master database and nothing else.
 * @param {Environment} env
 */
async function webUri({ MONGODB_URI = '', APP_DATABASE_PASSWORD: pwd = '', MASTER_DATABASE }) {
  const { default: mongoose } = await import('mongoose');
  const { default: ConnectionString } = await import('mongodb-connection-string-url');
  const user = 'chakravue-web';
  const roles = [{ role: 'readWrite', db: MASTER_DATABASE ?? 'chakravue_master' }];
  const client = await new mongoose.mongo.MongoClient(MONGODB_URI).connect();
  try {
    const admin = client.db('admin');
    await admin
      .command({ createUser: user, pwd, roles })
      .catch(() => admin.command({ updateUser: user, pwd, roles }));
  } finally {
    await client.close();
  }
  const uri = new ConnectionString(MONGODB_URI);
  uri.username = user;
  uri.password = pwd;
  uri.searchParams.set('authSource', 'admin');
  return uri.toString();
}

/** @param {string} root @param {string} dataDir @param {Environment} env @returns {Promise<Account[]>} */
async function seed(root, dataDir, env) {
  const { seedDemo } = await import('../../dev/seed/main.mjs');
  return seedDemo({ root, env: { ...process.env, ...env, DEMO_UNFINISHED: unfinishedFile(dataDir) } });
}

/** A file that is there from the first hospital's sign-up until all demonstration data is made. */
const unfinishedFile = (/** @type {string} */ dataDir) => join(dataDir, 'unfinished');

/**
 * Whether the demonstration data of this folder was begun and never finished: its hospitals are there, and
 * would stay empty. Somebody else's database is not ours to begin again.
 * @param {string} dataDir
 */
export const isUnfinished = (dataDir) => !process.env.MONGODB_URI && existsSync(unfinishedFile(dataDir));

/**
 * Starts database, Stripe emulator, mail catcher and app, each unless the environment names a real one, and
 * seeds.
 * @param {Options} options
 */
export async function startStack(options) {
  const { root, dataDir, port, onDeath = () => {}, onStart = () => {} } = options;
  const ports = await portsFrom(port);
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const secrets = localSecrets(join(dataDir, 'secrets.json'));
  const processes = processesOf({
    root,
    logs,
    // Without it the demonstration stands still and is whole.
    onDeath: (name) => {
      if (name !== 'alive') onDeath(name);
    },
  });
  // From here on there is something to stop, also when the start is interrupted.
  onStart(processes.stop);
  try {
    const database = await step('start the database', () => startDatabase(options, ports.database));
    processes.add(database);
    const addresses = addressesOf(ports);
    const env = { ...secrets, ...environmentOf(options, ports, addresses, database) };
    const { pid } = await step('start mail, Stripe and the app', () =>
      startParts(processes, options, ports, addresses, env),
    );
    const accounts = [
      {
        role: 'super-admin',
        email: env.PLATFORM_ADMIN_EMAIL,
        password: secrets.PLATFORM_ADMIN_PASSWORD,
        totpSecret: secrets.DEMO_ADMIN_TOTP_SECRET,
        organization: null,
      },
      ...(await step('seed two demonstration hospitals', () => seed(root, dataDir, env))),
    ];
    if (options.alive) processes.launch('alive', ['dev/seed/alive.mjs'], env);
    const processAddress = `http://127.0.0.1:${options.behindProxy ? ports.web1 : ports.app}`;
    const demo = { ...addresses, process: processAddress, accounts };
    writePrivate(join(dataDir, 'demo.json'), demo);
    // For `npm run tenants` and the like beside it.
    const operatorFile = join(dataDir, 'operator.json');
    writePrivate(operatorFile, { ...env, LOG_LEVEL: 'warn' });
    const stop = async () => {
      rmSync(operatorFile, { force: true });
      await processes.stop();
    };
    return { ...demo, env, database, pid, stop };
  } catch (error) {
    await processes.stop();
    throw error;
  }
}
