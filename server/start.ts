import 'server-only';
import '@/server/master-models';
import './tenant-models';
import { readiness } from '@/features/fleet/status/readiness';
import { releaseUnprovedAddresses } from '@/features/identity/mailbox/service';
import { ensureFirstAdmin } from '@/features/platform/team/first-admin';
import { whyNotPublic } from '@/features/subscription/agreements/documents';
import { renewStoredPermissions } from '@/lib/auth/custom-role';
import { EnvError, env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeProvisioner } from '@/lib/provisioning/providers/self-hosted';
import { trustForwardedFor } from '@/lib/rate-limit/client-address';
import { drainTenants } from '@/lib/tenancy/factory';
import { flushUse } from '@/lib/usage/recorder';
import { startSchedule } from '@/lib/work/schedule';
import { startWorker } from '@/lib/work/worker';
import { works } from './jobs';

const STARTED = Symbol.for('chakravue.started');
const STREAMS = Symbol.for('chakravue.streams');
const global = globalThis as { [STARTED]?: boolean; [STREAMS]?: Map<() => void, string> };

/**
 * Checks the configuration, prepares the master database, starts the worker, and arranges for a clean end.
 */
export async function start(): Promise<void> {
  if (global[STARTED]) return;
  global[STARTED] = true;
  try {
    env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    quit(error.message);
  }
  const unfinished = whyNotPublic(env().NEXTAUTH_URL);
  if (unfinished) quit(unfinished);
  trustForwardedFor(env().TRUSTED_PROXIES);
  const state = await readiness();
  if (state.status !== 'ready') {
    quit(
      'Chakravue cannot start: the database at MONGODB_URI cannot be reached or refuses the credential. Check the address, the password and that the server runs.',
    );
  }
  const engine = state.database ? `${state.database.engine} ${state.database.version}` : 'unknown';
  logger.info(
    { engine, stripe: state.stripe, files: state.files, node: process.version },
    `Chakravue starts on ${engine}`,
  );
  await ensureMasterIndexes();
  await renewStoredPermissions();
  await releaseUnprovedAddresses();
  await ensureFirstAdmin();
  const stopWorker = env().WORKER !== 'off' ? startWorker(works) : async () => {};
  const stopSchedule = env().WORKER !== 'off' ? startSchedule(works) : () => {};

  const end = async (signal: string) => {
    logger.info({ signal }, 'Chakravue stops');
    // Open streams would keep the server alive for ever.
    setTimeout(() => process.exit(0), 8_000).unref();
    for (const close of [...(global[STREAMS]?.keys() ?? [])]) close();
    stopSchedule();
    await flushUse().catch(() => undefined);
    await stopWorker();
    drainTenants();
    await closeProvisioner();
    await closeMaster();
  };
  process.once('SIGTERM', () => void end('SIGTERM'));
  process.once('SIGINT', () => void end('SIGINT'));
}

function quit(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
