import 'server-only';
import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../env';
import { AppError } from '../errors';
import { masterConnection } from '../master/connection';
import { RATE_LIMITS } from '../master/models/rate-limit';
import type { PlanId } from '../master/vocabulary';
import { LIMITS, type LimitName, pointsOf } from './registry';

type Limiter = RateLimiterMongo | RateLimiterMemory;
type Holder = { connection?: object; limiters: Map<string, Limiter>; memory: Map<string, RateLimiterMemory> };
const KEY = Symbol.for('chakravue.rate-limit');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= { limiters: new Map(), memory: new Map() };
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

/** What is stored of a key: no address and no token in the clear. */
const fold = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 32);

export type Taken = {
  allowed: boolean;
  used: number;
  left: number;
  retryAfterSeconds: number;
  /** Refused, and not for the first time in this window. */
  isRepeated: boolean;
};

/** Takes one point and says what is left. Never throws for a full limit. */
export async function countPoint(name: LimitName, key: string, plan?: PlanId): Promise<Taken> {
  const limiter = await limiterOf(name, plan);
  try {
    return toTaken(await limiter.consume(fold(key)), true, limiter.points);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return toTaken(refusal, false, limiter.points);
    throw refusal;
  }
}

const toTaken = (result: RateLimiterRes, allowed: boolean, points: number): Taken => ({
  allowed,
  // Refused without asking the database, it says 0 used.
  isRepeated: !allowed && result.consumedPoints !== points + 1,
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
  await (await limiterOf(name, undefined)).delete(fold(key));
}

/** Gives one point back: what was counted turned out not to be a guess. */
export async function returnPoint(name: LimitName, key: string): Promise<void> {
  await (await limiterOf(name, undefined)).reward(fold(key));
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
