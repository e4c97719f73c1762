import 'server-only';
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../env';
import { AppError } from '../errors';
import { masterConnection } from '../master/connection';
import { RATE_LIMITS } from '../master/models/rate-limit';
import type { PlanId } from '../master/vocabulary';
import { networkOf } from './client-address';
import { LIMITS, type LimitName, pointsOf } from './registry';

type Limiter = RateLimiterMongo | RateLimiterMemory;
type Holder = {
  connection?: object;
  limiters: Map<string, Limiter>;
  memory: Map<string, RateLimiterMemory>;
  /** Who was refused here in the window that runs. */
  refused: RateLimiterMemory;
};
const KEY = Symbol.for('chakravue.rate-limit');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= {
  limiters: new Map(),
  memory: new Map(),
  refused: new RateLimiterMemory({ keyPrefix: 'refused', points: 1, duration: 60 }),
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
  const insurance = memoryLimiter(id, points, duration);
  let connection: Awaited<ReturnType<typeof masterConnection>>;
  try {
    connection = await masterConnection();
  } catch {
    return insurance;
  }
  if (holder.connection !== connection) {
    holder.connection = connection;
    holder.limiters.clear();
  }
  const known = holder.limiters.get(id);
  if (known) return known;
  const limiter = new RateLimiterMongo({
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
    insuranceLimiter: insurance,
  });
  holder.limiters.set(id, limiter);
  return limiter;
}

/** What is stored of a key: no address and no token in the clear. Addresses of one network are one key. */
function fold(name: LimitName, key: string): string {
  const one = LIMITS[name].by === 'address' ? networkOf(key) : key;
  return createHash('sha256').update(one).digest('base64url').slice(0, 32);
}

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
    return { ...toTaken(await limiter.consume(fold(name, key))), allowed: true, isRepeated: false };
  } catch (refusal) {
    if (!isRefusal(refusal)) throw refusal;
    const taken = toTaken(refusal);
    return { ...taken, allowed: false, isRepeated: !(await isFirstRefusal(name, key, taken)) };
  }
}

const refusalKey = (name: LimitName, key: string): string => `${name}:${fold(name, key)}`;

// Not by the count: of answers that come at once, the one with the first point too many may be lost.
const isFirstRefusal = (
  name: LimitName,
  key: string,
  { retryAfterSeconds }: Pick<Taken, 'retryAfterSeconds'>,
): Promise<boolean> =>
  holder.refused.consume(refusalKey(name, key), 1, { customDuration: retryAfterSeconds }).then(
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
  await (await limiterOf(name, undefined)).delete(fold(name, key));
  await holder.refused.delete(refusalKey(name, key));
}

/** Gives one point back: what was counted turned out not to be a guess. */
export async function returnPoint(name: LimitName, key: string): Promise<void> {
  await (await limiterOf(name, undefined)).reward(fold(name, key));
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
