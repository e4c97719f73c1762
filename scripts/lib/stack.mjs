import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localSecrets, writePrivate } from './secrets.mjs';
import { StepError, step } from './steps.mjs';

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Five ports in a row that are free. @returns {Promise<number>} the first */
export async function freePortBlock() {
  for (let first = 20_000 + Math.floor(Math.random() * 20_000); ; first += 7) {
    const states = await Promise.all([0, 1, 2, 3, 4].map((offset) => isFree(first + offset)));
    if (states.every(Boolean)) return first;
  }
}

/**
 * Starts database, Stripe emulator, mail catcher and app, each unless the environment names a real one, and seeds.
 * @param {{ root: string, dataDir: string, port: number, dev?: boolean, seed?: boolean, logLevel?: string, onDeath?: (name: string) => void, onStart?: (stop: () => Promise<void>) => void }} options
 */
export async function startStack({
  root,
  dataDir,
  port,
  dev = false,
  seed = true,
  logLevel = 'info',
  onDeath = () => {},
  onStart = () => {},
}) {
  const ports = { app: port, mail: port + 1, smtp: port + 2, stripe: port + 3, database: port + 4 };
  const names = {
    app: 'the app',
    mail: 'the mail page',
    smtp: 'the mail server',
    stripe: 'the Stripe emulator',
    database: 'the database',
  };
  for (const [name, number] of Object.entries(ports)) {
    if (!(await isFree(number))) {
      throw new StepError(
        `Port ${number} (${names[name]}) is in use. Stop what uses it, or choose others with PORT, for example PORT=${port + 100}.`,
      );
    }
  }
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const secrets = localSecrets(join(dataDir, 'secrets.json'));
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  let stopping = false;
  const stop = async () => {
    stopping = true;
    for (const end of stops.splice(0).reverse()) await end().catch(() => {});
  };

  // From here on there is something to stop, also when the start is interrupted.
  onStart(stop);

  /** @param {string} name @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string} [cwd] */
  const launch = (name, program, args, env, cwd = root) => {
    const log = openSync(join(dataDir, 'logs', `${name}.log`), 'a', 0o600);
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let hasEnded = false;
    void ended.then(() => {
      hasEnded = true;
      if (!stopping) onDeath(name);
    });
    stops.push(async () => {
      if (hasEnded) return;
      signal(child.pid, 'SIGTERM');
      const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    });
    return { hasEnded: () => hasEnded };
  };

  try {
    const database = await step('start the database', async () => {
      const { start } = await import('../../dev/database/index.mjs');
      return start({
        dataDir: join(dataDir, 'database'),
        port: ports.database,
        log: (line) => process.stdout.write(`  ${line}\n`),
      });
    });
    stops.push(database.stop);
    void database.ended?.then(() => {
      if (!stopping) onDeath('database');
    });

    const base = `http://127.0.0.1:${ports.app}`;
    const isStripeReal = Boolean(process.env.STRIPE_SECRET_KEY);
    const isMailReal = Boolean(process.env.SMTP_URL);
    const jiti = ['--import', 'jiti/register'];
    const urls = {
      app: base,
      mail: isMailReal ? null : `http://127.0.0.1:${ports.mail}`,
      stripe: isStripeReal ? null : `http://127.0.0.1:${ports.stripe}`,
    };
    const env = {
      ...secrets,
      NODE_ENV: dev ? 'development' : 'production',
      PORT: String(ports.app),
      HOSTNAME: '127.0.0.1',
      NEXTAUTH_URL: process.env.NEXTAUTH_URL || base,
      MONGODB_URI: database.uri,
      MONGODB_ENGINE: database.engine,
      ...(urls.stripe ? { STRIPE_EMULATOR_URL: urls.stripe } : {}),
      ...(urls.mail ? { SMTP_URL: `smtp://127.0.0.1:${ports.smtp}` } : {}),
      FILES_FOLDER: process.env.FILES_FOLDER || join(dataDir, 'files'),
      BACKUP_DIR: process.env.BACKUP_DIR || join(dataDir, 'backups'),
      PLATFORM_ADMIN_EMAIL: process.env.PLATFORM_ADMIN_EMAIL || 'admin@chakravue.test',
      PREPARED_DATABASES: process.env.PREPARED_DATABASES || '2',
      NEXT_TELEMETRY_DISABLED: '1',
      LOG_LEVEL: process.env.LOG_LEVEL || logLevel,
    };

    await step('start mail, Stripe and the app', async () => {
      if (urls.mail) {
        launch('mail', process.execPath, [...jiti, 'dev/mail/server.ts'], {
          HTTP_PORT: String(ports.mail),
          SMTP_PORT: String(ports.smtp),
          DATA_DIR: join(dataDir, 'mail'),
        });
      }
      if (urls.stripe) {
        launch('stripe', process.execPath, [...jiti, 'dev/stripe/server.ts'], {
          PORT: String(ports.stripe),
          DATA_FILE: join(dataDir, 'stripe', 'state.json'),
          WEBHOOK_URL: `${base}/api/stripe/webhook`,
          STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET,
        });
      }
      const next = join(root, 'node_modules/next/dist/bin/next');
      const app = dev
        ? launch(
            'app',
            process.execPath,
            [next, 'dev', '--port', String(ports.app), '--hostname', '127.0.0.1'],
            env,
          )
        : launch('app', process.execPath, ['server.js'], env, join(root, '.next/standalone'));
      await waitFor(`${base}/api/health/ready`, app, join(dataDir, 'logs', 'app.log'));
      if (urls.mail) await waitFor(`${urls.mail}/`);
      if (urls.stripe) await waitFor(`${urls.stripe}/_emulator/health`);
    });

    const accounts = [
      {
        role: 'super-admin',
        email: env.PLATFORM_ADMIN_EMAIL,
        password: secrets.PLATFORM_ADMIN_PASSWORD,
        organization: null,
      },
    ];
    if (seed && existsSync(join(root, 'dev/seed/main.mjs'))) {
      accounts.push(
        ...(await step('seed two demonstration hospitals', async () => {
          const { seedDemo } = await import('../../dev/seed/main.mjs');
          return seedDemo({ root, env: { ...process.env, ...env } });
        })),
      );
    }
    const demo = { ...urls, accounts };
    writePrivate(join(dataDir, 'demo.json'), demo);
    // For `npm run tenants` and the like beside it.
    const operatorFile = join(dataDir, 'operator.json');
    writePrivate(operatorFile, { ...env, LOG_LEVEL: 'warn' });
    return {
      ...demo,
      env,
      database,
      stop: async () => {
        rmSync(operatorFile, { force: true });
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

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

/** @param {string} url @param {{ hasEnded: () => boolean }} [child] @param {string} [logFile] */
async function waitFor(url, child, logFile) {
  const until = Date.now() + 120_000;
  for (;;) {
    if (child?.hasEnded()) throw new StepError(`The app stopped while starting; its log is ${logFile}.`);
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
