import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { verifyMailServer } from '@/lib/mail/send';
import { cellModel } from '@/lib/master/models/cell';
import { jobModel } from '@/lib/master/models/job';
import { op } from '@/lib/mongo';
import { cellAdmin, cellUris } from '@/lib/provisioning/providers/self-hosted';
import { pingStripe } from '@/lib/stripe/client';
import { PERIODIC_KEY } from '@/lib/work/schedule';
import { type Backlog, eventBacklog, mailBacklog, stuckDatabases } from './backlog';
import type { MeasuredLevel } from './measured';
import type { StatusComponent } from './policy';
import { readiness } from './readiness';

/** What one check found; `error` is for the company's own page. */
export type Observation = { level: MeasuredLevel; error: string | null };

const DEADLINE_MS = 8_000;
const PAUSE_MS = 5_000;
const SLOW_MS = 1_000;
const UNMEASURED_MS = 60 * 60_000;
/** One that fails may have a reason of its own; that many have one in common. */
const SEVERAL = 3;

const up: Observation = { level: 'up', error: null };
const degraded = (error: string): Observation => ({ level: 'degraded', error });
const outage = (error: string): Observation => ({ level: 'outage', error });

/** A failure by its kind alone: messages name hosts, users and addresses. */
export function kindOfError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const told = ['type', 'code'].flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' && /^[A-Za-z_]{2,60}$/.test(value) ? [value] : [];
  });
  return told.length > 0 ? told.join(' ') : error.name;
}

/** The error of a call that fails or takes too long; null when it was answered in time. */
async function failureOnce(call: Promise<unknown>): Promise<string | null> {
  const timer = new AbortController();
  const late = delay(DEADLINE_MS, `no answer within ${DEADLINE_MS / 1_000} seconds`, {
    signal: timer.signal,
  });
  late.catch(() => undefined);
  const answer = call.then(() => null, kindOfError);
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}

/**
 * Asks again after a moment before it believes a failure: a lost packet or a busy second is nobody's trouble.
 */
export async function failureOf(ask: () => Promise<unknown>, pauseMs: number): Promise<string | null> {
  if (!(await failureOnce(ask()))) return null;
  await delay(pauseMs);
  return failureOnce(ask());
}

function fromBacklog({ late, failed }: Backlog, what: string): Observation {
  if (late > 0) return degraded(`${late} ${what} waited for more than five minutes`);
  return failed >= SEVERAL ? degraded(`${failed} ${what} failed`) : up;
}

async function askMaster(): Promise<Observation> {
  const { database } = await readiness();
  if (!database) return outage('The master database does not answer');
  return database.latencyMs > SLOW_MS
    ? degraded(`The master database answered in ${Math.round(database.latencyMs)} ms`)
    : up;
}

async function probeMaster(pauseMs: number): Promise<Observation> {
  const first = await askMaster();
  if (first.level === 'up') return first;
  await delay(pauseMs);
  return askMaster();
}

/** Cells whose size could not be read for an hour, though it was tried lately. */
async function findUnmeasured(ids: readonly string[], now: Date): Promise<string[]> {
  const before = (milliseconds: number) => op({ $lte: new Date(now.getTime() - milliseconds) });
  const tried = await jobModel.findOne({ kind: 'cells.measure', key: PERIODIC_KEY }).lean();
  if (!tried?.finishedAt || now.getTime() - tried.finishedAt.getTime() > UNMEASURED_MS / 2) return [];
  const rows = await cellModel
    .find({ _id: op({ $in: [...ids] }), measuredAt: before(UNMEASURED_MS) })
    .select('_id')
    .lean();
  return rows.map(({ _id }) => _id);
}

async function probeDatabases(now: Date, pauseMs: number): Promise<Observation> {
  const ids = [...cellUris().keys()];
  const limit = pLimit(8);
  const ping = async (id: string) =>
    (await cellAdmin(id)).db('admin').command({ ping: 1 }, { timeoutMS: 3_000 });
  const failures = await Promise.all(
    ids.map((id) => limit(async () => ({ id, error: await failureOf(() => ping(id), pauseMs) }))),
  );
  const away = failures.flatMap(({ id, error }) => (error ? [`${id} (${error})`] : []));
  if (away.length > 0) {
    const error = `No answer from ${away.join(', ')}`;
    return away.length === ids.length ? outage(error) : degraded(error);
  }
  const unmeasured = await findUnmeasured(ids, now);
  if (unmeasured.length > 0)
    return degraded(`The size of ${unmeasured.join(', ')} could not be read for an hour`);
  const stuck = await stuckDatabases(now);
  return stuck >= SEVERAL ? degraded(`${stuck} new databases fail to come`) : up;
}

async function probePayments(now: Date, pauseMs: number): Promise<Observation> {
  const failure = await failureOf(pingStripe, pauseMs);
  return failure
    ? outage(`Stripe does not answer (${failure})`)
    : fromBacklog(await eventBacklog(now), 'events of Stripe');
}

async function probeMail(now: Date, pauseMs: number): Promise<Observation> {
  const failure = await failureOf(verifyMailServer, pauseMs);
  return failure
    ? outage(`The mail server does not answer (${failure})`)
    : fromBacklog(await mailBacklog(now), 'mails');
}

/**
 * Asks every part how it does, all at once; each has its deadline, and `pauseMs` before it is asked a second
 * time.
 */
export async function probeAll(now: Date, pauseMs = PAUSE_MS): Promise<Record<StatusComponent, Observation>> {
  const [master, databases, payments, mail] = await Promise.all([
    probeMaster(pauseMs),
    probeDatabases(now, pauseMs),
    probePayments(now, pauseMs),
    probeMail(now, pauseMs),
  ]);
  return { application: master, 'sign-in': master, databases, payments, mail };
}
