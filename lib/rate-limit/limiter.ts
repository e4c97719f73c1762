import 'server-only';
import { createHash } from 'node:crypto';
import { mongo } from 'mongoose';
import { RateLimiterMemory, RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../env';
import { AppError } from '../errors';
import { masterConnection } from '../master/connection';
import { RATE_LIMITS } from '../master/models/rate-limit';
import type { PlanId } from '../master/vocabulary';
import { networkOf } from './client-address';
import { LIMITS, type LimitName, pointsOf } from './registry';

/** The store is absent while the master database cannot be reached; memory takes over then. */
type Limiter = { store?: RateLimiterMongo; memory: RateLimiterMemory };
type Holder = {
  connection?: object;
  limiters: Map<string, RateLimiterMongo>;
  memory: Map<string, RateLimiterMemory>;
  /** Who was refused here in the window that runs. */
  refused: RateLimiterMemory;
  /** The call that each key is waiting for. */
  first: Map<string, Promise<unknown>>;
};
const KEY = Symbol.for('chakravue.rate-limit');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= {
  limiters: new Map(),
  memory: new Map(),
  refused: new RateLimiterMemory({ keyPrefix: 'refused', points: 1, duration: 60 }),
  first: new Map(),
};
const holder: Holder = global[KEY];

/** Counts in this process alone; takes over while the database is away, so that a limit never falls open. */
function memoryLimiter(id: string, points: number, duration: number): RateLimiterMemory {
  const known = holder.memory.get(id) ?? new RateLimiterMemory({ keyPrefix: id, points, duration });
  holder.memory.set(id, known);
  return known;
}

async function limiterOf(name: LimitName, plan: PlanId | undefined): Promise<Limiter> {
  const points = pointsOf(name, plan, env().RATE_LIMIT_SCALE);
  const duration = LIMITS[name].seconds;
  const id = `${name}/${points}`;
  const memory = memoryLimiter(id, points, duration);
  let connection: Awaited<ReturnType<typeof masterConnection>>;
  try {
    connection = await masterConnection();
  } catch {
    return { memory };
  }
  if (holder.connection !== connection) {
    holder.connection = connection;
    holder.limiters.clear();
  }
  const known = holder.limiters.get(id);
  if (known) return { store: known, memory };
  const store = new RateLimiterMongo({
    storeClient: connection.getClient(),
    dbName: connection.name,
    tableName: RATE_LIMITS,
    keyPrefix: name,
    points,
    duration,
    // The model declares them.
    disableIndexesCreation: true,
    // A key that is over its limit costs the database nothing until it may ask again.
    inMemoryBlockOnConsumed: LIMITS[name].seconds <= 60 ? points + 1 : 0,
  });
  holder.limiters.set(id, store);
  return { store, memory };
}

/**
 * Asks the database, and memory only while the database is away. The library's own insurance would also count
 * there when an answer came without its document, and each of those would be a free guess.
 */
async function ask<T>(
  { store, memory }: Limiter,
  how: (limiter: RateLimiterMongo | RateLimiterMemory) => Promise<T>,
): Promise<T> {
  if (!store) return how(memory);
  try {
    return await how(store);
  } catch (thrown) {
    if (thrown instanceof mongo.MongoError) return how(memory);
    throw thrown;
  }
}

/**
 * Of calls that come at once for a new key the first goes alone: it makes the row, and an upsert that meets
 * another is answered without a document by some servers. The row then says what was counted.
 */
async function consume(limiter: Limiter, id: string, key: string): Promise<RateLimiterRes> {
  const first = holder.first.get(id);
  if (first) await first.catch(() => undefined);
  const own = ask(limiter, (one) => one.consume(key));
  if (!first) holder.first.set(id, own);
  try {
    return await own;
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    const row = await ask(limiter, (one) => one.get(key));
    if (!row) throw thrown;
    if (row.consumedPoints > limiter.memory.points) throw row;
    return row;
  } finally {
    if (!first) holder.first.delete(id);
  }
}

/** What is stored of a key: no address and no token in the clear. Addresses of one network are one key. */
function fold(name: LimitName, key: string): string {
  const one = LIMITS[name].by === 'address' ? networkOf(key) : key;
  return createHash('sha256').update(one).digest('base64url').slice(0, 32);
}

const keyOf = (name: LimitName, key: string): string => `${name}:${fold(name, key)}`;

export type Taken = {
  allowed: boolean;
  used: number;
  left: number;
  retryAfterSeconds: number;
  /** Refused, and not for the first time in this window by this process. */
  isRepeated: boolean;
};

/**
 * By its shape: bundles hold copies of the class, and a limiter that another one made refuses with its own.
 */
const isRefusal = (thrown: unknown): thrown is RateLimiterRes =>
  typeof thrown === 'object' &&
  thrown !== null &&
  !(thrown instanceof Error) &&
  'msBeforeNext' in thrown &&
  typeof thrown.msBeforeNext === 'number' &&
  'consumedPoints' in thrown;

/** Takes one point and says what is left. Never throws for a full limit. */
export async function countPoint(name: LimitName, key: string, plan?: PlanId): Promise<Taken> {
  const limiter = await limiterOf(name, plan);
  try {
    return {
      ...toTaken(await consume(limiter, keyOf(name, key), fold(name, key))),
      allowed: true,
      isRepeated: false,
    };
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    const taken = toTaken(refusal);
    return { ...taken, allowed: false, isRepeated: !(await isFirstRefusal(name, key, taken)) };
  }
}

// Not by the count: of answers that come at once, the one with the first point too many may be lost.
const isFirstRefusal = (
  name: LimitName,
  key: string,
  { retryAfterSeconds }: Pick<Taken, 'retryAfterSeconds'>,
): Promise<boolean> =>
  holder.refused.consume(keyOf(name, key), 1, { customDuration: retryAfterSeconds }).then(
    () => true,
    () => false,
  );

const toTaken = (result: RateLimiterRes): Omit<Taken, 'allowed' | 'isRepeated'> => ({
  used: result.consumedPoints,
  left: result.remainingPoints,
  retryAfterSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1_000)),
});

/** @throws AppError TOO_MANY_REQUESTS, with when to try again. */
export async function takePoint(name: LimitName, key: string, plan?: PlanId): Promise<void> {
  const taken = await countPoint(name, key, plan);
  if (!taken.allowed) throw tooMany(taken.retryAfterSeconds, taken.isRepeated);
}

/** Forgets what was counted, after a success. */
export async function clearPoints(name: LimitName, key: string): Promise<void> {
  const limiter = await limiterOf(name, undefined);
  await ask(limiter, (one) => one.delete(fold(name, key)));
  await limiter.memory.delete(fold(name, key));
  await holder.refused.delete(keyOf(name, key));
}

/** Gives one point back: what was counted turned out not to be a guess. */
export async function returnPoint(name: LimitName, key: string): Promise<void> {
  await ask(await limiterOf(name, undefined), (one) => one.reward(fold(name, key)));
}

/** "in 40 seconds", "in 3 minutes", "in 2 hours" */
export function inWords(seconds: number): string {
  const [count, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5_400
        ? [Math.ceil(seconds / 60), 'minute']
        : [Math.ceil(seconds / 3_600), 'hour'];
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

export const tooMany = (retryAfterSeconds: number, isRepeated = false): AppError =>
  new AppError(
    'TOO_MANY_REQUESTS',
    `That was too often in a short time. Please try again ${inWords(retryAfterSeconds)}.`,
    {
      retryAfterSeconds,
      isRepeated,
    },
  );
